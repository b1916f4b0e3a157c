import { execFileSync } from 'node:child_process'

interface Component {
  type: string
  name: string
  version: string
  'bom-ref'?: string
  properties?: { name: string; value: string }[]
}

/**
 * What is in the package and the executable files, as CycloneDX: the locked packages, and Node. `npm sbom --omit=dev` also leaves
 * out what both the package and its tools depend on, so the packages for development are removed here.
 */
export function sbom(): string {
  const args = ['sbom', '--package-lock-only', '--sbom-format=cyclonedx']
  const text = execFileSync('npm', [...args, '--sbom-type=application'], {
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  })
  const { components, dependencies, ...rest } = JSON.parse(text) as {
    components: Component[]
    dependencies: { ref: string; dependsOn: string[] }[]
  }
  const left = new Set(components.filter(isForDevelopment).map(found => found['bom-ref']))
  const node: Component = { type: 'platform', name: 'node', version: process.versions.node }
  const document = {
    ...rest,
    components: [...components.filter(found => !isForDevelopment(found)), node],
    dependencies: dependencies
      .filter(({ ref }) => !left.has(ref))
      .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(to => !left.has(to)) })),
  }
  return `${JSON.stringify(document, undefined, 2)}\n`
}

function isForDevelopment({ properties = [] }: Component): boolean {
  return properties.some(({ name }) => name === 'cdx:npm:package:development')
}
