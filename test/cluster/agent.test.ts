import type { Agent } from 'node:https'
import test from 'ava'
import { openAgent } from '../../src/cluster/transport/agent.ts'

const ACCESS = {
  context: 'dev',
  server: new URL('https://cluster.example.com'),
  cluster: { 'tls-server-name': 'kubernetes' },
  user: {},
}

test('connections are pooled by where they go, not by the text of certificates', t => {
  const agent = openAgent({ access: ACCESS, cert: undefined, key: undefined, proxy: undefined })
  t.teardown(() => agent.destroy())
  const { options } = agent as Agent
  const name = agent.getName({ ...options, host: 'cluster.example.com', port: 443 })
  t.regex(name, /^cluster\.example\.com:443:.*kubernetes/)
  t.true(name.length < 200, name)
})
