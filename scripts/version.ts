/**
 * Run by `npm version minor` (or major, patch), after it has written package.json and before it commits and tags: moves the
 * changelog's "Unreleased" under the version, and has the command line say it.
 */
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { releaseChangelog } from './release/changelog.ts'

const CHANGELOG = 'CHANGELOG.md'
const VERSION = 'src/object/version.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
rewrite(CHANGELOG, text => releaseChangelog(text, { version, date: new Date() }))
rewrite(VERSION, text => text.replace(/(VERSION = ').*(?=')/, `$1${version}`))
execFileSync('git', ['add', CHANGELOG, VERSION], { stdio: 'inherit' })

function rewrite(file: string, edit: (text: string) => string): void {
  writeFileSync(file, edit(readFileSync(file, 'utf8')))
}
