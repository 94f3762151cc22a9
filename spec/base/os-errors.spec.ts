import { ConnectionResetError, OSError } from '../../lib/base/os-errors.ts'

it('an error of the system has the code of the system, and one of its own when there is none', () => {
  const errors = [new OSError(), new OSError('no such file', { code: 'ENOENT' }), new ConnectionResetError(), new ConnectionResetError('gone', { cause: 5 })]
  expect(errors.map(error => [error.name, error.code, error.message, error instanceof OSError])).toEqual([
    ['OSError', 'OS_ERROR', '', true], ['OSError', 'ENOENT', 'no such file', true],
    ['ConnectionResetError', 'ECONNRESET', '', true], ['ConnectionResetError', 'ECONNRESET', 'gone', true],
  ])
})
