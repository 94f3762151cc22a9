/** What both ends of a channel give without waiting; the twin of `ends.py`. */
import type { Receiver, Sender } from '../../../../lib/index.ts'
import type { Log } from '../../programs.ts'
import { attempt } from './world.ts'

export function look(log: Log, sender: Sender<string>, receiver: Receiver<string>): void {
  attempt(log, 'send', () => { sender.sendNowait('value') })
  attempt(log, 'receive', () => receiver.receiveNowait())
}
