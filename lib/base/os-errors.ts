import { CodedError, type ErrorDetails, nameOf } from './errors.ts'

/** Python's `OSError`: the system refused something. Its `code` is the one of the system, such as `ENOENT`. */
export class OSError extends CodedError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, 'OS_ERROR', details) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, OSError, 'OSError') }
}

/** Python's `ConnectionError`: something went wrong with a connection. */
export class ConnectionError extends OSError {
  /** @internal */
  override get $pythonName(): string { return nameOf(this, ConnectionError, 'ConnectionError') }
}

/** The other side closed the connection without a goodbye, or it is lost. */
export class ConnectionResetError extends ConnectionError {
  constructor(message = '', details: ErrorDetails = {}) { super(message, { code: 'ECONNRESET', ...details }) }
  /** @internal */
  override get $pythonName(): string { return nameOf(this, ConnectionResetError, 'ConnectionResetError') }
}

/** Nobody listens there. */
export class ConnectionRefusedError extends ConnectionError {
  /** @internal */
  override get $pythonName(): string { return nameOf(this, ConnectionRefusedError, 'ConnectionRefusedError') }
}

/** The connection was given up on this side. */
export class ConnectionAbortedError extends ConnectionError {
  /** @internal */
  override get $pythonName(): string { return nameOf(this, ConnectionAbortedError, 'ConnectionAbortedError') }
}

/** Something was written that nobody will read. */
export class BrokenPipeError extends ConnectionError {
  /** @internal */
  override get $pythonName(): string { return nameOf(this, BrokenPipeError, 'BrokenPipeError') }
}

/** There is no such file, or no such program. */
export class FileNotFoundError extends OSError {
  /** @internal */
  override get $pythonName(): string { return nameOf(this, FileNotFoundError, 'FileNotFoundError') }
}

/** There is such a file already. */
export class FileExistsError extends OSError {
  /** @internal */
  override get $pythonName(): string { return nameOf(this, FileExistsError, 'FileExistsError') }
}

/** It is not allowed. */
export class PermissionError extends OSError {
  /** @internal */
  override get $pythonName(): string { return nameOf(this, PermissionError, 'PermissionError') }
}

/** There is no such process any more. */
export class ProcessLookupError extends OSError {
  /** @internal */
  override get $pythonName(): string { return nameOf(this, ProcessLookupError, 'ProcessLookupError') }
}

/** Python's `socket.gaierror`: a name has no address, or nobody could be asked for it. */
export class GaiError extends OSError {
  /** @internal */
  override get $pythonName(): string { return nameOf(this, GaiError, 'gaierror') }
}

/** aiohttp's `ClientError`: what came from an HTTP server is not what it should be, or a request cannot be made. */
export class ClientError extends OSError {
  /** @internal */
  override get $pythonName(): string { return nameOf(this, ClientError, 'ClientError') }
}

/** Python's `ssl.SSLError`: the two sides did not agree on how to talk in secret. */
export class SSLError extends OSError {
  /** @internal */
  override get $pythonName(): string { return nameOf(this, SSLError, 'SSLError') }
}

/** The other side did not prove who it is. */
export class SSLCertVerificationError extends SSLError {
  /** @internal */
  override get $pythonName(): string { return nameOf(this, SSLCertVerificationError, 'SSLCertVerificationError') }
}
