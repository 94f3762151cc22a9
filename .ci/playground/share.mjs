// A program in the fragment of a link, which no browser sends to anybody.

/** The text, deflated, in the letters that a link may have. */
export async function packed(text) {
  const bytes = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'))
  return btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join('')).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
}

/** The text that was packed. @throws when the letters are not what `packed()` gave. */
export async function unpacked(letters) {
  const bytes = Uint8Array.from(atob(letters.replace(/-/g, '+').replace(/_/g, '/')), letter => letter.charCodeAt(0))
  return new TextDecoder('utf-8', { fatal: true }).decode(await through(bytes, new DecompressionStream('deflate-raw')))
}

async function through(bytes, stream) {
  const written = new Blob([bytes]).stream().pipeThrough(stream)
  return new Uint8Array(await new Response(written).arrayBuffer())
}
