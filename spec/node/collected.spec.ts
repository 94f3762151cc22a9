import { Program } from '../support/programs.ts'

describe('an attached loop', () => {
  it('reports an error that nobody can read any more as soon as Node has collected its task, and one that is kept when it closes', () => new Program(`
    const { setFlagsFromString } = require('node:v8')
    const { runInNewContext } = require('node:vm')
    const { EventLoop, attach, coroutine, sleep } = require('yieldfrom/node')
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc')
    const boil = coroutine(function* boil(what) {
      yield* sleep(1)
      throw new Error('no ' + what)
    })
    const loop = new EventLoop()
    let told = 0
    const texts = new Set()
    loop.setExceptionHandler((_, { exception }) => {
      told++
      texts.add(exception.message)
    })
    const attachment = attach(loop)
    const kept = loop.createTask(boil('cake'))
    for (let i = 0; i < 200; i++) loop.createTask(boil('tea ' + i))
    let tries = 0
    setTimeout(function look() {
      collectGarbage()
      if (told < 200 && ++tries < 100) return void setTimeout(look, 10)
      console.log(told, texts.size, texts.has('no tea 7'))
      attachment.detach()
      loop.close()
      console.log(told, [...texts].at(-1), kept.done())
    }, 20)`).start().ended.then(({ code, stdout, stderr }) => {
    expect([code, stdout, stderr]).toEqual([0, '200 200 true\n201 no cake true\n', ''])
  }), 20_000)
})
