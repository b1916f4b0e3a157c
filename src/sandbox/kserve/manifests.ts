import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { definitionFiles } from '../definitions.ts'

/** What KServe's release applies, made for a sandbox, from the files of its module. */

interface ConfigMap {
  data: Record<string, string>
}

/** The definitions of all its kinds, of those too whose controllers do not run here. */
export function definitionsOf(files: string): string[] {
  return definitionFiles(path.join(files, 'config', 'crd', 'full')).filter(file =>
    path.basename(file).startsWith('serving.kserve.io_'),
  )
}

/** KServe's own, with the images of its release, but for what needs Knative and Istio, which are not here. */
export function configuration({ files, version }: { files: string; version: string }): object {
  const file = path.join(files, 'config', 'configmap', 'inferenceservice.yaml')
  const text = readFileSync(file, 'utf8').replaceAll(':latest"', `:v${version}"`)
  const configMap: ConfigMap = parse(text)
  const { _example, ...data } = configMap.data
  const ingress = { ...JSON.parse(data['ingress'] ?? '{}'), disableIstioVirtualHost: true }
  const deploy = { defaultDeploymentMode: 'Standard' }
  const changed = { ingress: JSON.stringify(ingress), deploy: JSON.stringify(deploy) }
  return { ...configMap, data: { ...data, ...changed } }
}

interface WebhookConfiguration {
  webhooks: { clientConfig: { service: { path: string } } }[]
}

export interface WebhookServer {
  port: number
  /** PEM of the authority that signed its certificate. */
  authority: string
}

/** Its webhooks, at an address of this machine instead of a Service. */
export function webhooks(files: string, { port, authority }: WebhookServer): object[] {
  const text = readFileSync(path.join(files, 'config', 'webhook', 'manifests.yaml'), 'utf8')
  const caBundle = Buffer.from(authority).toString('base64')
  return parseAllDocuments(text)
    .map((document): WebhookConfiguration | null => document.toJS())
    .filter(content => content !== null)
    .map(content => ({
      ...content,
      webhooks: content.webhooks.map(webhook => ({
        ...webhook,
        clientConfig: {
          url: `https://127.0.0.1:${port}${webhook.clientConfig.service.path}`,
          caBundle,
        },
      })),
    }))
}
