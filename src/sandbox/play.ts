import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { applyOwn } from './kubectl.ts'
import type { Sandbox } from './sandbox.ts'

const API_VERSION = 'kwok.x-k8s.io/v1alpha1'

/**
 * Leads port-forwards to pods, whatever port they ask for, to a real server on 127.0.0.1 of this machine: of one
 * namespace, or of all. Where both match, either may be chosen.
 */
export async function servePods(
  sandbox: Sandbox,
  { port, namespace }: { port: number; namespace?: string },
): Promise<void> {
  await applyObject(sandbox, {
    apiVersion: API_VERSION,
    kind: 'ClusterPortForward',
    metadata: { name: objectName('serve', namespace) },
    spec: {
      ...selectorOf(namespace),
      forwards: [{ target: { port, address: '127.0.0.1' } }],
    },
  })
}

/** Makes these lines the logs of all containers of a namespace's pods; `previous` those of the instance before. */
export async function writePodLogs(
  sandbox: Sandbox,
  { namespace, lines, previous = [] }: { namespace: string; lines: string[]; previous?: string[] },
): Promise<void> {
  const folder = path.join(sandbox.stateDirectory, 'pod-logs')
  mkdirSync(folder, { recursive: true })
  const logsFile = path.join(folder, `${namespace}.log`)
  const previousLogsFile = path.join(folder, `${namespace}.previous.log`)
  writeFileSync(logsFile, asContainerLog(lines))
  writeFileSync(previousLogsFile, asContainerLog(previous))
  await applyObject(sandbox, {
    apiVersion: API_VERSION,
    kind: 'ClusterLogs',
    metadata: { name: objectName('logs', namespace) },
    spec: { ...selectorOf(namespace), logs: [{ logsFile, previousLogsFile }] },
  })
}

// The form in which container runtimes keep logs: time, stream, F for a full line, text.
function asContainerLog(lines: readonly string[]): string {
  const time = new Date().toISOString().replace('Z', '000000Z')
  return lines.map(line => `${time} stdout F ${line}\n`).join('')
}

function selectorOf(namespace: string | undefined) {
  return namespace === undefined ? {} : { selector: { matchNamespaces: [namespace] } }
}

function objectName(what: string, namespace: string | undefined): string {
  return namespace === undefined ? `slipway-${what}` : `slipway-${what}-${namespace}`
}

async function applyObject(sandbox: Sandbox, object: object): Promise<void> {
  const args = ['--force-conflicts', '-f', '-']
  await applyOwn(sandbox, args, { input: JSON.stringify(object) })
}
