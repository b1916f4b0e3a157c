import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A real headless Chromium, spoken to by its DevTools protocol (https://chromedevtools.github.io/devtools-protocol). */

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

function findChromium(): string {
  const found = PLACES.find(place => existsSync(place))
  if (found !== undefined) return found
  throw new Error(`Chromium is not installed: there is none of ${PLACES.join(', ')}`)
}

export interface Page {
  /** Of an expression, by value. */
  evaluate: <Result>(expression: string) => Promise<Result>
  press: (key: string) => Promise<void>
  resize: (width: number, dark?: boolean) => Promise<void>
  screenshot: () => Promise<Buffer>
  /** What the page has cost its thread so far, whatever else the machine does. */
  busySeconds: () => Promise<number>
  /** Everything that the console or an exception said. */
  complaints: string[]
}

export interface Browser {
  open: (html: string) => Promise<Page>
  close: () => Promise<void>
}

export async function startBrowser(): Promise<Browser> {
  const folder = await mkdtemp(join(tmpdir(), 'slipway-browser-'))
  // Shared memory is small in containers, and Chromium ends where it runs out.
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--remote-debugging-port=0',
  ]
  const child = spawn(findChromium(), [...flags, `--user-data-dir=${folder}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const url = await new Promise<string>((done, fail) => {
    let said = ''
    child.on('error', fail)
    child.on('close', () => fail(new Error(`chromium ended: ${said}`)))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1]
      if (found !== undefined) done(found)
    })
  })
  const channel = await openChannel(url)
  let count = 0
  return {
    open: async html => {
      count += 1
      const file = join(folder, `page-${count}.html`)
      await writeFile(file, html)
      return openPage(channel, pathToFileURL(file).href)
    },
    close: async () => {
      const ended = child.exitCode === null && new Promise(done => child.once('close', done))
      await channel.send('Browser.close').catch(() => child.kill('SIGKILL'))
      await ended
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

type Message = Record<string, unknown>
type Listener = (method: string, params: Message) => void

interface Channel {
  send: (method: string, params?: object, sessionId?: string) => Promise<Message>
  listen: (sessionId: string, listener: Listener) => void
}

async function openChannel(url: string): Promise<Channel> {
  const socket = new WebSocket(url)
  await new Promise(done => socket.addEventListener('open', done, { once: true }))
  const waiting = new Map<
    number,
    { done: (result: Message) => void; fail: (error: Error) => void }
  >()
  const listeners = new Map<string, Listener>()
  socket.addEventListener('close', () => {
    for (const { fail } of waiting.values()) fail(new Error('chromium has ended'))
    for (const listener of listeners.values()) listener('closed', {})
  })
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(String(data)) as {
      id?: number
      result?: Message
      error?: Message
      method?: string
      params?: Message
      sessionId?: string
    }
    const { id, result, error, method, params, sessionId } = message
    if (id === undefined) return listeners.get(sessionId ?? '')?.(method ?? '', params ?? {})
    const request = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) request?.done(result ?? {})
    else request?.fail(new Error(JSON.stringify(error)))
  })
  return {
    listen: (sessionId, listener) => listeners.set(sessionId, listener),
    send: (method, params = {}, sessionId) => {
      last += 1
      const id = last
      socket.send(JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) }))
      return new Promise((done, fail) => waiting.set(id, { done, fail }))
    },
  }
}

async function openPage(channel: Channel, url: string): Promise<Page> {
  const { targetId } = await channel.send('Target.createTarget', { url: 'about:blank' })
  const attached = await channel.send('Target.attachToTarget', { targetId, flatten: true })
  const session = String(attached['sessionId'])
  const send = (method: string, params: object = {}) => channel.send(method, params, session)
  const complaints: string[] = []
  const loaded = new Promise<void>((done, fail) => {
    channel.listen(session, (method, params) => {
      if (method === 'Page.loadEventFired') done()
      if (method === 'closed') fail(new Error('chromium has ended'))
      if (/^(Runtime\.(exceptionThrown|consoleAPICalled)|Log\.entryAdded)$/.test(method))
        complaints.push(JSON.stringify(params))
    })
  })
  for (const domain of ['Page', 'Runtime', 'Log']) await send(`${domain}.enable`)
  await send('Performance.enable', { timeDomain: 'threadTicks' })
  await send('Page.navigate', { url })
  await loaded
  return {
    complaints,
    evaluate: async <Result>(expression: string) => {
      const { result, exceptionDetails } = (await send('Runtime.evaluate', {
        expression,
        returnByValue: true,
      })) as { result: { value: Result }; exceptionDetails?: object }
      if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails))
      return result.value
    },
    press: async key => {
      const text = key === 'Enter' ? '\r' : key.length === 1 ? key : ''
      const code = key === 'Enter' ? 13 : 0
      const event = { key, ...(text === '' ? {} : { text }), windowsVirtualKeyCode: code }
      await send('Input.dispatchKeyEvent', { type: 'keyDown', ...event })
      await send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
    },
    resize: async (width, dark = false) => {
      const size = { width, height: 900, deviceScaleFactor: 1, mobile: false }
      await send('Emulation.setDeviceMetricsOverride', size)
      const value = dark ? 'dark' : 'light'
      const features = [{ name: 'prefers-color-scheme', value }]
      await send('Emulation.setEmulatedMedia', { features })
    },
    busySeconds: async () => {
      const { metrics } = (await send('Performance.getMetrics')) as {
        metrics: { name: string; value: number }[]
      }
      return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
    },
    screenshot: async () => {
      const { data } = await send('Page.captureScreenshot')
      return Buffer.from(String(data), 'base64')
    },
  }
}
