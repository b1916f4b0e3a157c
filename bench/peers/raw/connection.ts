import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { Sandbox } from '../../../src/sandbox/index.ts'
import type { RawPlan } from './client.ts'

interface Kubeconfig {
  clusters: { cluster: { 'certificate-authority-data': string } }[]
  users: { user: { 'client-certificate-data': string; 'client-key-data': string } }[]
}

/** From a kubeconfig that has nothing but the sandbox's context. */
export function connectionOf({ kubeconfig, server }: Sandbox): Omit<RawPlan, 'steps'> {
  const { clusters, users }: Kubeconfig = parse(readFileSync(kubeconfig, 'utf8'))
  const user = users[0]?.user
  return {
    server,
    ca: decoded(clusters[0]?.cluster['certificate-authority-data']),
    cert: decoded(user?.['client-certificate-data']),
    key: decoded(user?.['client-key-data']),
  }
}

function decoded(base64 = ''): string {
  return Buffer.from(base64, 'base64').toString('utf8')
}
