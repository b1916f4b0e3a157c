/** What tests do to a sandbox: trouble, and a look at all there are. */
export { startComponents, startKserve, stopComponent, stopKserve } from './components.ts'
export { writePodLogs } from './play.ts'
export { list } from './status.ts'
