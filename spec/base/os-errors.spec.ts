import * as all from '../../lib/base/os-errors.ts'

const { ConnectionResetError, OSError } = all

it('an error of the system has the code of the system, and one of its own when there is none', () => {
  const errors = [new OSError(), new OSError('no such file', { code: 'ENOENT' }), new ConnectionResetError(), new ConnectionResetError('gone', { cause: 5 })]
  expect(errors.map(error => [error.name, error.code, error.message, error instanceof OSError])).toEqual([
    ['OSError', 'OS_ERROR', '', true], ['OSError', 'ENOENT', 'no such file', true],
    ['ConnectionResetError', 'ECONNRESET', '', true], ['ConnectionResetError', 'ECONNRESET', 'gone', true],
  ])
})

it('each has the name of its class in Python, and one that a program derives has its own', () => {
  const classes = Object.entries(all).sort(([one], [other]) => one < other ? -1 : 1)
  expect(classes.map(([name, OsError]) => [name, new OsError('words').name, (new (class Mine extends OsError {})('words') as Error).name])).toEqual(
    classes.map(([name]) => [name, name === 'GaiError' ? 'gaierror' : name, 'Mine']))
  expect(classes.length).toBeGreaterThan(12)
})
