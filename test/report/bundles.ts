import type { Bundle } from '../../src/doctor/index.ts'

/** Diagnostics of an endpoint with something of everything. */
export function aBundle(): Bundle {
  return {
    endpoint: 'chat',
    namespace: 'llm-ops',
    status: {
      endpoint: 'chat',
      state: 'failed',
      message: '0 of 1 replicas available',
      diagnosis: {
        cause: 'crash-loop',
        summary: 'container server keeps ending',
        evidence: ['it says so'],
        remedy: 'read the log',
      },
    },
    objects: [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'chat', namespace: 'llm-ops', finalizers: ['example.com/hold'] },
        status: { conditions: [{ type: 'Available', status: 'False', reason: 'r', message: 'm' }] },
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'chat-1', namespace: 'llm-ops' },
        spec: { nodeName: 'node-1', containers: [{ name: 'server', image: 'a.example.com/b:1' }] },
        status: {
          phase: 'Running',
          containerStatuses: [
            {
              name: 'server',
              restartCount: 2,
              state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
              lastState: { terminated: { exitCode: 1, reason: 'Error', message: 'last words' } },
            },
          ],
        },
      },
    ],
    events: [
      { time: '', type: 'Warning', reason: 'r', object: 'Pod/chat-1', count: 2, message: 'm' },
    ],
    logs: [{ pod: 'chat-1', container: 'server', previous: false, crashed: true, text: 'log' }],
    unseen: ['Events'],
  }
}
