/** The colours of the page, light and dark. They are darker forms of those of Okabe and Ito. */
export const COLOURS = `
:root{color-scheme:light dark;--ground:#fbfbf9;--panel:#fff;--ink:#1c2126;--soft:#59636e;--line:#d5dade;--run:#00609c;--yield:#00674d;--error:#a82a1c;--wait:#6e7781;--mark:#fff1c2;--focus:#00609c}
@media (prefers-color-scheme:dark){:root{--ground:#14171a;--panel:#1c2024;--ink:#e8ebee;--soft:#a4aeb8;--line:#3a4148;--run:#6ab8ee;--yield:#52c9a4;--error:#ff9484;--wait:#8d97a1;--mark:#453a14;--focus:#6ab8ee}}
`

/** The style of the page, for a phone, a wide screen and paper. */
export const STYLE = `${COLOURS}*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
header{display:flex;gap:1rem;align-items:baseline;flex-wrap:wrap;padding:.9rem 1.2rem .3rem}
h1{font-size:1.25rem;margin:0;overflow-wrap:anywhere}h2{font-size:.85rem;margin:0 0 .4rem;color:var(--soft);font-weight:600}
#count{margin:0;color:var(--soft)}
main{padding:0 1.2rem 1.2rem;display:grid;gap:.8rem}
main>section,.columns>section{background:var(--panel);border:1px solid var(--line);border-radius:8px;padding:.8rem;min-width:0}
.buttons{display:flex;gap:.5rem;flex-wrap:wrap;align-items:center}
button,select,input[type=search]{font:inherit;color:inherit;background:var(--ground);border:1px solid var(--line);border-radius:6px;padding:.3rem .7rem;min-height:2.2rem}
button:hover{border-color:var(--run)}#play{min-width:5rem}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.search{margin-left:auto}.search input{margin-left:.4rem}#hits{margin-left:.6rem;color:var(--soft)}#cost:empty{display:none}input[type=search]{width:12rem;max-width:50vw}
.slider input{width:100%;margin:.7rem 0 .2rem;accent-color:var(--run)}
#now{margin:.2rem 0 0;font-weight:600;min-height:1.5em;overflow-wrap:anywhere}
#timeline{padding:0!important;overflow:hidden}#legend{margin:0;padding:.4rem .8rem;border-top:1px solid var(--line);font-size:.9rem}#legend ul{list-style:none;margin:.5rem 0 0;padding:0;display:grid;gap:.2rem 1.2rem;grid-template-columns:repeat(auto-fill,minmax(17rem,1fr))}#legend li{display:flex;gap:.6rem;align-items:center}#legend p{margin:.6rem 0 .2rem;color:var(--soft)}
#legend b{flex:none;width:1.4em;height:1.4em;border-radius:50%;background:var(--run);color:var(--panel);text-align:center;line-height:1.4;font-size:.8rem}#legend .gives{background:var(--yield)}#legend .fails{background:var(--error)}#legend .line{border-radius:0;background:none;color:var(--wait)}#legend .runs.line{height:0;border-top:6px solid var(--run)}#legend .rests{height:0;border-top:2px dashed var(--wait)}#legend .now{background:var(--mark)}
#lanes{display:block;width:100%;cursor:pointer}
.columns{display:grid;gap:.8rem;grid-template-columns:minmax(0,1fr)}
:root{--tall:max(24rem,calc(100vh - 31rem))}.scroll{overflow:auto;max-height:var(--tall);position:relative}
#source{font:13px/1.55 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre;tab-size:2}
#source div{padding:0 .5rem 0 0}#source i{display:inline-block;width:3rem;padding-right:.8rem;text-align:right;color:var(--soft);font-style:normal;user-select:none}
#source .live{background:var(--mark);box-shadow:inset 3px 0 var(--run)}#source .rest{box-shadow:inset 3px 0 var(--wait)}
#source .rest::after{content:"  ‖ " attr(data-who);color:var(--soft)}
#stack{list-style:none;margin:0;padding:0}#stack li{border:1px solid var(--line);border-left:4px solid var(--run);border-radius:6px;padding:.3rem .6rem;margin:0 0 .35rem;overflow-wrap:anywhere}
#stack li.suspended{border-left-style:dashed;border-left-color:var(--wait);color:var(--soft)}#stack li.apart{margin-top:.8rem}
#stack small{display:block;color:var(--soft)}
#list{height:var(--tall);font-size:.9rem}#list .space{position:relative}#list button{position:absolute;left:0;right:0;height:24px;min-height:0;padding:0 .4rem;border:0;border-radius:4px;background:none;text-align:left;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
#list button[aria-current=true]{background:var(--mark);font-weight:600}
#expansion{margin:.4rem 0 0;padding:0;list-style:none;white-space:pre;overflow-x:auto;font:12px/1.6 ui-monospace,Menlo,Consolas,monospace}#expansion .live{background:var(--mark);font-weight:600}
#twinSays{margin:0 0 .4rem;color:var(--soft)}#twin{position:relative;font:13px/1.6 ui-monospace,Menlo,Consolas,monospace}#twin div{padding:0 .5rem}#twin .live{background:var(--mark);font-weight:600}#twin .other{outline:2px solid var(--error);outline-offset:-2px}
details{margin-top:.8rem}summary{cursor:pointer}#cost,#costChart{color:var(--soft);margin:.8rem 0 0}#costSum{margin:.3rem 0 0}
#costChart span::before{content:"";display:inline-block;width:.7em;height:.7em;margin:0 .3em 0 .4em;border:1.5px solid var(--wait)}#costChart .ours::before{background:var(--run);border-color:var(--run)}
#costChart .bars{display:flex;gap:.4rem;margin-top:.4rem}#costChart .bars span{display:flex;flex-direction:column;justify-content:space-between;font-size:.75rem;line-height:1}#costChart .bars span::before{content:none}#costChart i{font-style:normal;text-align:right}
#costBars{flex:1;min-width:0;height:4rem;border-bottom:1px solid var(--wait);cursor:pointer}#costBars .native{fill:none;stroke:var(--wait);stroke-width:1.5;vector-effect:non-scaling-stroke}#costBars .ours{fill:var(--run)}#costBars .here{fill:var(--mark)}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media (min-width:681px){.columns:not(.sourced){grid-template-columns:minmax(0,1fr) minmax(0,1fr)}.twinned:not(.sourced)>#twinPane{grid-column:1/-1}}
@media (min-width:901px){.sourced{grid-template-columns:minmax(0,1.3fr) minmax(0,1fr) minmax(0,1.2fr)}.sourced.twinned{grid-template-columns:minmax(0,1fr) minmax(0,1fr)}}
@media (min-width:1101px){.columns.twinned:not(.sourced){grid-template-columns:repeat(3,minmax(0,1fr))}.twinned:not(.sourced)>#twinPane{grid-column:auto}}
@media (min-width:1700px){.sourced.twinned{grid-template-columns:minmax(0,1.2fr) minmax(0,1fr) minmax(0,1.1fr) minmax(0,1.1fr)}}
@media (max-width:900px){main{padding:0 .6rem .6rem}header{padding:.7rem .6rem .3rem}:root{--tall:16rem}}
@media (max-width:680px){.search{margin-left:0;width:100%;display:flex;align-items:center}.search input{flex:1;min-width:0;max-width:none}#hits{white-space:nowrap}}
@media print{:root{color-scheme:light;--ground:#fff;--panel:#fff;--ink:#000;--soft:#444;--line:#bbb;--run:#00609c;--yield:#00674d;--error:#a82a1c;--wait:#555;--mark:#fff1c2}.buttons,.slider,#listPane{display:none}#source{white-space:pre-wrap}.columns{grid-template-columns:1fr 1fr!important}.scroll{max-height:none;overflow:visible}#twinPane{grid-column:1/-1!important}#twin{columns:2}#twin div{break-inside:avoid}body{background:#fff;color:#000}main>section,.columns>section{break-inside:avoid}}
`
