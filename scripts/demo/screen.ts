import { styleText } from 'node:util'
import { SlipwayError } from '../../src/problem/index.ts'
import { up, type Sandbox, type UpOptions } from '../../src/sandbox/index.ts'

export function step(number: number, title: string, command?: string): void {
  process.stderr.write(
    `\n${styleText('bold', `${number}. ${title}`, { stream: process.stderr })}\n`,
  )
  if (command !== undefined)
    process.stderr.write(styleText('dim', `   $ ${command}\n`, { stream: process.stderr }))
}

export function say(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`   ${line}\n`)
}

/** Undefined, and explained, where this machine can have none. */
export async function startSandbox(options: UpOptions): Promise<Sandbox | undefined> {
  try {
    return await up({ ...options, onProgress: message => process.stderr.write(`  ${message}\n`) })
  } catch (error) {
    if (!(error instanceof SlipwayError)) throw error
    for (const { message, cause, remedy } of error.problems)
      say([message, cause, remedy].filter(line => line !== undefined))
    return undefined
  }
}
