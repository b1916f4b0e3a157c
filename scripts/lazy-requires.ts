import { isBuiltin } from 'node:module'
import type { Plugin } from 'esbuild'

/** What files of one package require at their top, and rarely use. */
export interface LazyRequires {
  by: RegExp
  of: RegExp
}

const NAMESPACE = 'lazy-require'

/** In the bundle such a module is loaded when something of it is asked for, not when the command line starts. */
export function lazyRequires({ by, of }: LazyRequires): Plugin {
  return {
    name: NAMESPACE,
    setup: build => {
      build.onResolve({ filter: of }, async ({ path, importer, resolveDir, kind, pluginData }) => {
        if (pluginData === NAMESPACE || !by.test(importer)) return undefined
        if (isBuiltin(path)) return { path, namespace: NAMESPACE }
        const resolved = await build.resolve(path, { resolveDir, kind, pluginData: NAMESPACE })
        return { path: resolved.path, namespace: NAMESPACE, errors: resolved.errors }
      })
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
        contents: lazyModule(path),
        resolveDir: process.cwd(),
        loader: 'js',
      }))
    },
  }
}

/** TypeScript's __importStar takes a module that calls itself an ES module as it is. */
function lazyModule(path: string): string {
  return `module.exports = new Proxy({ __esModule: true }, {
    get: (own, name) => name in own ? own[name] : require(${JSON.stringify(path)})[name],
  })`
}
