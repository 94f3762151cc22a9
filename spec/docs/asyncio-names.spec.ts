import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The page for those who come from asyncio says of each name of it what it is here. */
const page = readFileSync(join(__dirname, '../../docs/from-asyncio.md'), 'utf8')
const words = new Set(page.match(/[A-Za-z_]\w*/g))

/** `asyncio.__all__` of CPython 3.13. */
const NAMES = `
  ALL_COMPLETED AbstractChildWatcher AbstractEventLoop AbstractEventLoopPolicy AbstractServer Barrier BaseEventLoop BaseProtocol
  BaseTransport BoundedSemaphore BrokenBarrierError BufferedProtocol CancelledError Condition DatagramProtocol DatagramTransport
  DefaultEventLoopPolicy Event EventLoop FIRST_COMPLETED FIRST_EXCEPTION FastChildWatcher Future Handle IncompleteReadError
  InvalidStateError LifoQueue LimitOverrunError Lock MultiLoopChildWatcher PidfdChildWatcher PriorityQueue Protocol Queue QueueEmpty
  QueueFull QueueShutDown ReadTransport Runner SafeChildWatcher SelectorEventLoop Semaphore SendfileNotAvailableError Server StreamReader
  StreamReaderProtocol StreamWriter SubprocessProtocol SubprocessTransport Task TaskGroup ThreadedChildWatcher Timeout TimeoutError
  TimerHandle Transport WriteTransport _enter_task _get_running_loop _leave_task _register_task _set_running_loop _unregister_task
  all_tasks as_completed create_eager_task_factory create_subprocess_exec create_subprocess_shell create_task current_task
  eager_task_factory ensure_future gather get_child_watcher get_event_loop get_event_loop_policy get_running_loop iscoroutine
  iscoroutinefunction isfuture new_event_loop open_connection open_unix_connection run run_coroutine_threadsafe set_child_watcher
  set_event_loop set_event_loop_policy shield sleep start_server start_unix_server timeout timeout_at to_thread wait wait_for wrap_future
`

/** What the loop, futures, tasks, queues, locks, streams and processes have, but for the `sock_*`. */
const METHODS = `
  abort abort_clients acquire add_done_callback add_reader add_signal_handler add_writer at_eof broken call_at call_exception_handler
  call_later call_soon call_soon_threadsafe can_write_eof cancel cancelled cancelling clear close close_clients communicate
  connect_accepted_socket connect_read_pipe connect_write_pipe create_connection create_datagram_endpoint create_future create_server
  create_task create_unix_connection create_unix_server default_exception_handler done drain empty exception expired feed_data feed_eof
  full get get_context get_coro get_debug get_exception_handler get_extra_info get_loop get_name get_nowait get_stack get_task_factory
  getaddrinfo getnameinfo is_closed is_closing is_running is_serving is_set join kill locked maxsize n_waiting notify notify_all parties
  print_stack put put_nowait qsize read readexactly readline readuntil release remove_done_callback remove_reader remove_signal_handler
  remove_writer reschedule reset result returncode run run_forever run_in_executor run_until_complete send_signal sendfile serve_forever
  set set_debug set_default_executor set_exception set_exception_handler set_name set_result set_task_factory set_transport shutdown
  shutdown_asyncgens shutdown_default_executor sockets start_serving start_tls stop subprocess_exec subprocess_shell task_done terminate
  time transport uncancel wait wait_closed wait_for when write write_eof writelines
`

it.each([['name of the module', NAMES], ['method', METHODS]])('no %s is missing', (_, list) => {
  expect(list.trim().split(/\s+/).filter(name => !words.has(name))).toEqual([])
})
