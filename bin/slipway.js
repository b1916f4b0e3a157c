#!/usr/bin/env node
// Starts the built CLI, or in a checkout that is newer than its build the sources (docs/decisions).
// Old syntax only: an old Node must get as far as the message.
import fs from 'fs'
import nodeModule from 'module'
import { fileURLToPath } from 'url'

var OLDEST_NODE = 24
var built = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url))
var sources = ['../src', '../charts'].map(function (folder) {
  return fileURLToPath(new URL(folder, import.meta.url))
})

if (parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(
    'error: slipway needs Node ' + OLDEST_NODE + ' or newer; this is ' + process.version,
  )
  console.error(
    '  do: Install it; for npx, npm install --save-dev node@' +
      OLDEST_NODE +
      ' does. The executable file has Node in it (docs/install.md).',
  )
  process.exitCode = 2
} else {
  nodeModule.enableCompileCache()
  void import(isUpToDate() ? '../dist/cli/main.js' : '../src/cli/main.ts')
}

/** The published package has no sources. */
function isUpToDate() {
  if (!fs.existsSync(sources[0])) return true
  if (!fs.existsSync(built)) return false
  return newestSource() <= fs.statSync(built).mtimeMs
}

function newestSource() {
  var newest = 0
  sources.forEach(function (folder) {
    fs.readdirSync(folder, { recursive: true, withFileTypes: true }).forEach(function (entry) {
      var time = fs.statSync(entry.parentPath + '/' + entry.name).mtimeMs
      if (time > newest) newest = time
    })
  })
  return newest
}
