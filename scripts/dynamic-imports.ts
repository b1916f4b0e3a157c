import { readFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import { extname, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Metafile, PartialMessage, Plugin } from 'esbuild'

const NAMESPACE = 'dynamic-import'

/**
 * What `await import('package')` gives in the bundle is what it gives in Node. By itself esbuild makes of a CommonJS
 * package a chunk that exports `default` alone, where Node exports each name, too. After the build every chunk of a
 * package is compared with Node's view of it: a name that is missing fails the build.
 */
export function dynamicImports(): Plugin {
  return {
    name: NAMESPACE,
    setup: build => {
      build.initialOptions.metafile = true
      const root = build.initialOptions.absWorkingDir ?? process.cwd()
      build.onResolve({ filter: /.*/ }, async ({ path, pluginData, ...how }) => {
        if (how.kind !== 'dynamic-import' || pluginData === NAMESPACE) return undefined
        const resolved = await build.resolve(path, { ...how, pluginData: NAMESPACE })
        if (!isPackage(resolved.path) || !isCommonJs(resolved.path)) return undefined
        return { path: resolved.path, namespace: NAMESPACE }
      })
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, async ({ path }) => ({
        contents: nodeView(path, await exportedNames(path)),
        resolveDir: process.cwd(),
        loader: 'js',
      }))
      build.onEnd(async ({ metafile }) => ({ errors: await missingNames(metafile, root) }))
    },
  }
}

function isPackage(path: string): boolean {
  return path.includes(`${sep}node_modules${sep}`)
}

/** As Node decides it. */
function isCommonJs(path: string): boolean {
  if (extname(path) !== '.js') return extname(path) === '.cjs'
  const file = findPackageJSON(pathToFileURL(path)) ?? ''
  return JSON.parse(readFileSync(file, 'utf8')).type !== 'module'
}

async function exportedNames(path: string): Promise<string[]> {
  return Object.keys(await import(pathToFileURL(path).href))
}

/** Node gives every CommonJS module this name. */
const COMMON_JS = 'module.exports'

/** The default of a CommonJS module is all of it, whatever it calls `default` itself. */
function nodeView(path: string, names: string[]): string {
  const own = names.filter(name => name !== 'default' && name !== COMMON_JS)
  const values = own.map((name, index) => `const v${index} = module[${JSON.stringify(name)}]`)
  const exported = own.map((name, index) => `v${index} as ${JSON.stringify(name)}`)
  return [
    `const module = require(${JSON.stringify(path)})`,
    ...values,
    `export { ${[`module as default, module as '${COMMON_JS}'`, ...exported].join(', ')} }`,
  ].join('\n')
}

async function missingNames(
  metafile: Metafile | undefined,
  root: string,
): Promise<PartialMessage[]> {
  const errors: PartialMessage[] = []
  for (const { entryPoint = '', exports } of Object.values(metafile?.outputs ?? {})) {
    const path = resolve(root, entryPoint.replace(`${NAMESPACE}:`, ''))
    if (!isPackage(path)) continue
    const missing = (await exportedNames(path)).filter(name => !exports.includes(name))
    if (missing.length > 0)
      errors.push({ text: `import('${path}') lacks in the bundle: ${missing.join(', ')}` })
  }
  return errors
}
