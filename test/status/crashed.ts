import { live } from './build.ts'

/** A pod whose container has ended again and again with these last words. */
export function crashedBy(message: string, { restartCount = 4, exitCode = 1 } = {}) {
  const terminated = { exitCode, reason: 'Error', message }
  const waiting = { reason: 'CrashLoopBackOff' }
  return live('v1', 'Pod', 'chat-1', {
    spec: { nodeName: 'gpu-1', containers: [{ name: 'server', image: 'chat:v1' }] },
    status: {
      phase: 'Running',
      containerStatuses: [
        { name: 'server', restartCount, state: { waiting }, lastState: { terminated } },
      ],
    },
  })
}
