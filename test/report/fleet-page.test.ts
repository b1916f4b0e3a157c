import anyTest, { type TestFn } from 'ava'
import type { FleetStatus, ShownEndpoint } from '../../src/overview/index.ts'
import { FLEET_VIEWS, painter } from '../../src/report/index.ts'
import { startBrowser, type Browser } from '../support/browser.ts'

/** The page of several environments, in a real browser. */

const test = anyTest as TestFn<{ browser: Browser }>
test.before(async t => {
  t.context.browser = await startBrowser()
})
test.after.always(async t => {
  await t.context.browser?.close()
})

const NOW = Date.parse('2026-11-20T12:00:00Z')
const look = { paint: painter(false), now: NOW, folder: '', subject: '' }

const chat: ShownEndpoint = {
  endpoint: 'chat',
  inGit: true,
  state: 'ready',
  message: 'ready',
  replicas: { ready: 2, desired: 2 },
  image: `registry.example.com/${'team/'.repeat(12)}vllm:0.6`,
  sync: 'synced',
  deviations: [],
  unseen: [],
  canary: { name: 'chat-b', weight: 10, replicas: { ready: 1, desired: 1 }, image: 'vllm:0.7' },
}

const FLEET: FleetStatus = {
  project: 'shop',
  environments: [
    ...['staging', 'production'].map(environment => ({
      environment,
      now: NOW,
      problems: [],
      report: { environment, endpoints: [chat] },
    })),
    {
      environment: 'eu',
      now: NOW,
      problems: [{ code: 'unreachable', severity: 'error', message: 'nothing answers' }],
    },
  ],
}

const opened = async (browser: Browser) => browser.open(await FLEET_VIEWS.html(FLEET, look))

test.serial(
  'R13 · the page of a fleet has one heading, one main part, and a table with heads',
  async t => {
    const page = await opened(t.context.browser)
    const counts = await page.evaluate(
      "['h1', 'main', 'main table caption', 'th[scope=col]', 'th[scope=row]'].map(each => document.querySelectorAll(each).length)",
    )
    t.deepEqual(counts, [1, 1, 1, 4, 1])
    t.deepEqual(page.complaints, [])
  },
)

test.serial('R13 · the page tells of a canary in its environment', async t => {
  const page = await opened(t.context.browser)
  const texts = await page.evaluate<string[]>(
    "[...document.querySelectorAll('td')].map(e => e.textContent)",
  )
  const told = /canary chat-b has 10 % of the requests, 1 of 1 pod ready, image vllm:0\.7/
  t.deepEqual(
    texts.map(text => told.test(text)),
    [true, true, false],
  )
})

test.serial(
  'R13 · on a narrow screen each cell names its environment, and nothing scrolls sideways',
  async t => {
    const page = await opened(t.context.browser)
    await page.resize(360)
    const names = await page.evaluate(
      "[...document.querySelectorAll('td')].map(e => getComputedStyle(e, '::before').content)",
    )
    t.deepEqual(names, ['"staging"', '"production"', '"eu"'])
    t.true(await page.evaluate("document.querySelector('thead').offsetHeight > 0"))
    t.true(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'))
  },
)
