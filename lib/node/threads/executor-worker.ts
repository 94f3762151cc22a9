/** The program of a worker of a pool: runs functions that have travelled here. */
import { worker } from 'workerpool'
import { runCall } from '../executor/run-call.ts'

worker({ run: runCall })
