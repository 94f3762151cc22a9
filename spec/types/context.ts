import { Context, ContextVar, Token, copyContext } from 'yieldfrom'
import { typeOf } from './type-of.ts'

const count = new ContextVar<number>('count', { default: 5 })
typeOf(count.get()).is<number>(true)
const token = count.set(6)
typeOf(token).is<Token<number>>(true)
typeOf(token.oldValue).is<number | typeof Token.MISSING>(true)
typeOf(token.variable).is<ContextVar<number>>(true)
count.reset(token)
if (token.oldValue !== Token.MISSING) typeOf(token.oldValue).is<number>(true)

// @ts-expect-error: a number is wanted
count.set('text')
// @ts-expect-error: for a fallback, too
count.get('text')
// @ts-expect-error: and for a default
new ContextVar<number>('count', { default: 'text' })
// @ts-expect-error: a token of another type of variable
new ContextVar<string>('word').reset(token)

const inferred = new ContextVar('word', { default: 'text' })
typeOf(inferred).is<ContextVar<string>>(true)

const context = copyContext()
typeOf(context.get(count)).is<number | undefined>(true)
typeOf(context.get(count, null)).is<number | null>(true)
typeOf(new Context().run((word: string) => [word], 'text')).is<string[]>(true)
// @ts-expect-error: an argument is missing
context.run((word: string) => word)
