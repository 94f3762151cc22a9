import {
  BrokenPipeError, ClientError, ConnectionAbortedError, ConnectionRefusedError, ConnectionResetError, FileExistsError, FileNotFoundError, GaiError,
  OSError, PermissionError, ProcessLookupError, SSLCertVerificationError, SSLError,
} from '../../base/os-errors.ts'
import { TimeoutError } from '../../base/task-errors.ts'
import { ArgumentError, type CodedError, type ErrorDetails, ValueError } from '../../base/errors.ts'
import type { PortableError } from '../io/portable-error.ts'

type SystemErrorClass = new (message: string, details: ErrorDetails) => CodedError

/** The classes of the errors of the system, by their codes. They are those of PEP 3151. */
const CLASSES: Readonly<Record<string, SystemErrorClass>> = {
  ECONNREFUSED: ConnectionRefusedError,
  ECONNRESET: ConnectionResetError,
  ECONNABORTED: ConnectionAbortedError,
  EPIPE: BrokenPipeError,
  ERR_STREAM_WRITE_AFTER_END: BrokenPipeError,
  ERR_STREAM_DESTROYED: BrokenPipeError,
  ENOENT: FileNotFoundError,
  EEXIST: FileExistsError,
  EACCES: PermissionError,
  EPERM: PermissionError,
  ESRCH: ProcessLookupError,
  ETIMEDOUT: TimeoutError,
  ENOTFOUND: GaiError,
  TIMED_OUT: TimeoutError,
  UND_ERR_CONNECT_TIMEOUT: TimeoutError,
  UND_ERR_HEADERS_TIMEOUT: TimeoutError,
  UND_ERR_BODY_TIMEOUT: TimeoutError,
  UND_ERR_SOCKET: ConnectionResetError,
}

/** The codes with which Node's `tls` says that the other end has not proved who it is. */
const CERTIFICATE = /^(CERT_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|ERR_TLS_CERT_|INVALID_|HOSTNAME_MISMATCH)/

/** Make an error again that Node gave to the I/O side. Its class is that of Python for the same code. */
export function systemError({ message, code, name }: PortableError): CodedError | ArgumentError {
  if (code === 'ERR_INVALID_ARG_TYPE') return new ArgumentError(message, code)
  const details = code === undefined ? {} : { code }
  return new (classOf(code, name))(message, details)
}

function classOf(code = '', name: string): SystemErrorClass {
  const known = CLASSES[code]
  if (known !== undefined) return known
  if (code.startsWith('EAI_')) return GaiError
  if (code.startsWith('UND_ERR') || code.startsWith('HPE_') || code.startsWith('Z_') || name === 'HTTPParserError') return ClientError
  if (CERTIFICATE.test(code)) return SSLCertVerificationError
  if (name === 'TypeError' || name === 'RangeError') return ValueError
  return code.startsWith('ERR_SSL') || code.startsWith('ERR_OSSL') || code.startsWith('ERR_TLS') || code === 'EPROTO' || name.startsWith('SSL') ? SSLError : OSError
}
