import { isBuiltin } from 'node:module'
import type { Plugin } from 'esbuild'

/** What files of some packages require or import at their top, and rarely use. */
export interface LazyRequires {
  by: RegExp
  of: RegExp
}

const NAMESPACE = 'lazy-require'

/** In the bundle such a module is loaded when something of it is asked for, not when the command line starts. */
export function lazyRequires(...rules: LazyRequires[]): Plugin {
  return {
    name: NAMESPACE,
    setup: build => {
      for (const { by, of } of rules)
        build.onResolve(
          { filter: of },
          async ({ path, importer, resolveDir, kind, pluginData }) => {
            if (pluginData === NAMESPACE || !by.test(importer)) return undefined
            if (isBuiltin(path)) return { path, namespace: NAMESPACE }
            const resolved = await build.resolve(path, { resolveDir, kind, pluginData: NAMESPACE })
            return { path: resolved.path, namespace: NAMESPACE, errors: resolved.errors }
          },
        )
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
        contents: lazyModule(path),
        resolveDir: process.cwd(),
        loader: 'js',
      }))
    },
  }
}

/**
 * TypeScript's __importStar takes a module that calls itself an ES module as it is. An ES module that imports it gets
 * all of it as the default: a function, where the module's own default is one.
 */
function lazyModule(path: string): string {
  const module = `require(${JSON.stringify(path)})`
  return `module.exports = new Proxy(() => {}, {
    get: (_, name) => name === '__esModule' ? true : ${module}[name],
    apply: (_, self, args) => ${module}.default.apply(self, args),
  })`
}
