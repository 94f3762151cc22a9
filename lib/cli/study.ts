import { Interrupts } from './interrupts.ts'
import { type Recording, type RecordingOptions, record } from './recording.ts'
import { isUnread } from './terminal.ts'

/**
 * Run a program, record what it does, and show it at the end, however the program ends: by itself, with an error, by `process.exit()`, by
 * Ctrl-C, or because nobody reads what it prints.
 * @param show is called once.
 */
export async function study(file: string, options: RecordingOptions, show: (recording: Recording) => void): Promise<Recording> {
  const interrupts = new Interrupts()
  const onEvent = (): void => {
    interrupts.look()
    if (isUnread()) process.exit()
  }
  await interrupts.begin()
  interrupts.watchLoops()
  const recording = await record(file, { ...options, onEvent, onExit: suddenly(show) })
  show(recording)
  return recording
}

/** Show it while the process exits. Nobody else can tell what is wrong any more. */
function suddenly(show: (recording: Recording) => void): (recording: Recording) => void {
  return recording => {
    try {
      show(recording)
    } catch (error) {
      process.stderr.write(`yieldfrom: ${error instanceof Error ? error.message : String(error)}\n`)
      process.exitCode = 2
    }
  }
}
