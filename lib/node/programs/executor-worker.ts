/** The program of a worker of a pool. It runs functions that were sent to it. */
import { worker } from 'workerpool'
import { runCall } from '../executor/run-call.ts'

worker({ run: runCall })
