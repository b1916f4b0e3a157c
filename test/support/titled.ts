import test, { type TestFn } from 'ava'
import { registerHooks } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** ava's test for files that share a worker (together.ts): in front of each title stands the file that declares it, as ava has it for files of their own. */
export default titled(test)

/** Tests are declared while their file is loaded, so it is the one that is loaded now. */
let prefix = ''

export async function importTogether(files: readonly string[]): Promise<void> {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'ava' && context.parentURL !== import.meta.url
        ? { url: import.meta.url, format: 'module-typescript', shortCircuit: true }
        : next(specifier, context),
  })
  for (const file of files) {
    prefix = `${path
      .relative('test', file)
      .replace(/\.test\.ts$/, '')
      .split(path.sep)
      .join(' › ')} › `
    // oxlint-disable-next-line no-await-in-loop -- one after another: the prefix is that of one file
    await import(pathToFileURL(path.resolve(file)).href)
  }
}

function titled(declare: TestFn): TestFn {
  return new Proxy(declare, {
    apply: (target, self, args: unknown[]) => Reflect.apply(target, self, withPrefix(args)),
    get(target, name, self) {
      const value: unknown = Reflect.get(target, name, self)
      const declares = typeof value === 'function' && name !== 'macro'
      return declares ? titled(value as TestFn) : value
    },
  })
}

/** What the title is: ava's lib/parse-test-args.js. */
function withPrefix(args: readonly unknown[]): unknown[] {
  const given = typeof args[0] === 'string' ? args[0] : undefined
  const [implementation, ...more] = given === undefined ? args : args.slice(1)
  const { exec = implementation, title } = (implementation ?? {}) as {
    exec?: unknown
    title?: (given: string | undefined, ...args: unknown[]) => string
  }
  return [`${prefix}${title?.(given, ...more) ?? given ?? ''}`, exec, ...more]
}
