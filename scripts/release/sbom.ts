import { execFileSync } from 'node:child_process'
import type { BundledPackage } from '../bundled-packages.ts'

interface Component {
  type: string
  name: string
  version: string
  'bom-ref'?: string
  properties?: { name: string; value: string }[]
}

/**
 * What is in the package and the executable files, as CycloneDX: the packages that are bundled or installed with it, as locked, and
 * Node. npm takes what is bundled for a tool of development, so it is looked up in the bundle.
 */
export function sbom(bundled: readonly BundledPackage[]): string {
  const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx']
  const text = execFileSync('npm', [...args, '--sbom-type=application'], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  })
  const { components, dependencies, ...rest } = JSON.parse(text) as {
    components: Component[]
    dependencies: { ref: string; dependsOn: string[] }[]
  }
  const inBundle = new Set(bundled.map(({ name, version }) => `${name}@${version}`))
  const isShipped = (found: Component) =>
    !isForDevelopment(found) || inBundle.has(found['bom-ref'] ?? '')
  const left = new Set(
    components.filter(found => !isShipped(found)).map(found => found['bom-ref']),
  )
  const node: Component = { type: 'platform', name: 'node', version: process.versions.node }
  const document = {
    ...rest,
    components: [...components.filter(isShipped), node],
    dependencies: dependencies
      .filter(({ ref }) => !left.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(to => !left.has(to)) })),
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function isForDevelopment({ properties = [] }: Component): boolean {
  return properties.some(({ name }) => name === 'cdx:npm:package:development')
}
