/**
 * An exception group is several errors in one; it is split by a class or a function and keeps its nesting (PEP 654).
 */
import { ExceptionGroup, RuntimeError } from '../../../lib/index.ts'
import type { Log, Programs } from '../programs.ts'
import { Bang, Boom } from './support/errors.ts'
import { tree } from './support/groups.ts'
import { attempt } from './support/probes.ts'

class BigBoom extends Boom {}

type Parts = ReturnType<ExceptionGroup['split']>

function nested(): ExceptionGroup {
  const innermost = new ExceptionGroup('innermost', [new Boom(), new Bang()])
  return new ExceptionGroup('outer', [new Boom(), new ExceptionGroup('inner', [new Bang(), innermost]), new Bang()])
}

/** Log the two parts of a `split()`. */
function both(log: Log, parts: Parts): void { log(...parts.map(part => part && tree(part))) }

function* leaves(error: unknown): Generator {
  if (error instanceof ExceptionGroup) for (const each of error.errors) yield* leaves(each)
  else yield error
}

export const programs: Programs = {
  'it has a message, and its errors in order'(log) {
    const errors = [new Boom(), new Bang()]
    const group = new ExceptionGroup('several', errors)
    log(group, group.message, group.errors, group.errors[0] === errors[0])
    log(group instanceof Error, group instanceof ExceptionGroup)
  },

  'its text has the number of errors'(log) {
    log(String(new ExceptionGroup('one', [new Boom()])))
    log(String(new ExceptionGroup('two', [new Boom(), new Bang()])))
    log(String(nested()))
    log(String(new ExceptionGroup('', [new Boom()])))
  },

  'it has at least one error'(log) {
    attempt(log, () => new ExceptionGroup('none', []))
  },

  'it takes a sequence of errors'(log) {
    attempt(log, () => new ExceptionGroup('no sequence', 7 as never))
    attempt(log, () => new ExceptionGroup('no sequence', new Boom() as never))
    attempt(log, () => new ExceptionGroup('no sequence', null as never))
  },

  'later changes of the list do not affect it'(log) {
    const errors = [new Boom()]
    const group = new ExceptionGroup('group', errors)
    errors.push(new Bang())
    log(tree(group), group.errors.length)
  },

  'split() by a class gives what matches, and the rest'(log) {
    const group = new ExceptionGroup('group', [new Boom(), new Bang(), new Boom()])
    both(log, group.split(Boom))
    both(log, group.split(Bang))
    both(log, group.split(Error))
    both(log, group.split(RuntimeError))
  },

  'splitting keeps the nesting, without empty groups'(log) {
    both(log, nested().split(Boom))
    both(log, nested().split(Bang))
  },

  'an inner group may be left out on one side'(log) {
    const group = new ExceptionGroup('outer', [
      new ExceptionGroup('booms', [new Boom()]), new ExceptionGroup('bangs', [new Bang()]),
    ])
    both(log, group.split(Boom))
    both(log, group.split(Bang))
  },

  'the parts have the errors themselves, and whole groups that match'(log) {
    const [error, inner] = [new Boom(), new ExceptionGroup('inner', [new Boom(), new Boom()])]
    const group = new ExceptionGroup('outer', [error, inner, new Bang()])
    const [part, rest] = group.split(Boom)
    log(part?.errors[0] === error, tree(part?.errors[1]), part === group, rest?.errors[0] === group.errors[2])
    const [whole, none] = group.split(ExceptionGroup)
    log(whole === group, none)
  },

  'if the condition is true of the group, the part is the group itself'(log) {
    const group = nested()
    for (const condition of [ExceptionGroup, Error, () => true]) {
      const [part, rest] = group.split(condition)
      log(part === group, rest, group.subgroup(condition) === group)
    }
  },

  'if all errors match one by one, the part is a new group'(log) {
    const group = new ExceptionGroup('group', [new Boom(), new Boom()])
    const [part, rest] = group.split(Boom)
    log(part === group, tree(part), rest, group.subgroup(Boom) === group)
    const [none, all] = group.split(Bang)
    log(none, all === group, tree(all))
  },

  'a class matches its subclasses'(log) {
    const group = new ExceptionGroup('group', [new BigBoom(), new Boom(), new Bang()])
    both(log, group.split(Boom))
    both(log, group.split(BigBoom))
  },

  'several classes match what one of them matches'(log) {
    const group = new ExceptionGroup('group', [
      new Boom(), new Bang(), new RuntimeError(), new ExceptionGroup('inner', [new Bang(), new RuntimeError()]),
    ])
    both(log, group.split([Boom, Bang]))
    both(log, group.split([RuntimeError]))
    both(log, group.split([]))
  },

  'a function is called with each group before its errors'(log) {
    function condition(error: unknown): boolean {
      log('asked of', tree(error))
      return error instanceof Boom
    }

    both(log, nested().split(condition))
  },

  'a function may accept an inner group as a whole'(log) {
    const group = nested()
    const [part, rest] = group.split(error => error instanceof ExceptionGroup && error.message === 'inner')
    both(log, [part, rest])
    log(part?.errors[0] === group.errors[1])
  },

  'an error of the function comes out'(log) {
    function condition(): never { throw new Bang() }

    attempt(log, () => nested().split(condition))
    attempt(log, () => nested().subgroup(condition))
  },

  'subgroup() is the first part of split()'(log) {
    const group = nested()
    for (const condition of [Boom, Bang, RuntimeError, [Boom, Bang], (error: unknown) => error instanceof Bang]) {
      const part = group.subgroup(condition)
      log(part && tree(part))
    }
  },

  'a condition is a class, several classes, or a function'(log) {
    for (const wrong of [7, 'Boom', null, [Boom, 7]]) {
      attempt(log, () => nested().split(wrong as never))
      attempt(log, () => nested().subgroup(wrong as never))
    }
  },

  'derive() makes a group with other errors and the same message'(log) {
    const group = new ExceptionGroup('group', [new Boom()])
    const derived = group.derive([new Bang(), new Boom()])
    log(tree(derived), derived === group, tree(group))
  },

  'a subclass that overrides derive() keeps its class in the parts'(log) {
    class Plain extends ExceptionGroup {}

    class Coded extends ExceptionGroup {
      constructor(message: string, errors: readonly unknown[], readonly number: number) { super(message, errors) }

      override derive(errors: readonly unknown[]) {
        log('derive', errors)
        return new Coded(this.message, errors, this.number)
      }
    }

    log(...new Plain('plain', [new Boom(), new Bang()]).split(Boom))
    const [part, rest] = new Coded('coded', [new Boom(), new Bang()], 7).split(Boom) as [Coded, Coded]
    log(part, part.number, tree(part), rest, rest.number, tree(rest))
  },

  'derive() is called on each group separately'(log) {
    class Named extends ExceptionGroup {
      override derive(errors: readonly unknown[]) {
        log(this.message, 'derives', errors)
        return new Named(this.message, errors)
      }
    }

    const group = new Named('outer', [new Named('inner', [new Boom(), new Bang()]), new Bang()])
    both(log, group.split(Boom))
  },

  'the parts have the cause of the whole'(log) {
    const [group, cause] = [nested(), new Boom('cause')]
    Object.defineProperty(group, 'cause', { value: cause })
    const [part, rest] = group.split(Boom)
    log(part?.cause === cause, rest?.cause === cause, group.derive([new Boom()]).cause)
  },

  'an error may be in several groups, and several times in one'(log) {
    const error = new Boom()
    const inner = new ExceptionGroup('inner', [error])
    const group = new ExceptionGroup('outer', [error, inner, error, inner])
    log(tree(group), group.errors[0] === group.errors[2], group.errors[1] === group.errors[3])
    both(log, group.split(each => each === error))
  },

  'deep nesting is kept'(log) {
    let group = new ExceptionGroup('0', [new Boom(), new Bang()])
    for (let depth = 1; depth < 20; depth++) group = new ExceptionGroup(String(depth), [group])
    both(log, group.split(Boom))
  },

  'handled part by part, the rest is raised again'(log) {
    function handle(group: ExceptionGroup): void {
      const [booms, rest] = group.split(Boom)
      if (booms !== null) log('booms', tree(booms))
      if (rest !== null) throw rest
    }

    attempt(log, () => { handle(new ExceptionGroup('group', [new Boom()])) })
    attempt(log, () => { handle(nested()) })
    try {
      handle(nested())
    } catch (error) {
      log(tree(error))
    }
  },

  'the leaves of both parts are the leaves of the whole'(log) {
    const group = nested()
    const [part, rest] = group.split(Bang)
    log([...leaves(part)].length, [...leaves(rest)].length, [...leaves(group)].length)
    const both = new Set([...leaves(part), ...leaves(rest)])
    log([...leaves(group)].every(error => both.has(error)))
  },
}
