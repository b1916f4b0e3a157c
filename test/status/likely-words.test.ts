import test from 'ava'
import { likelyBeside, likelyIn } from '../../src/status/causes/likely-words.ts'
import { inFull, understood } from '../../src/status/causes/understood.ts'
import { explain, viewOf } from '../../src/status/index.ts'
import { crashedBy } from './crashed.ts'

/** Last exceptions that no table knows, and what they are taken for. */
const TABLE: [line: string, text: RegExp, remedy: RegExp][] = [
  ['MemoryError: Unable to allocate 3.1 GiB for an array', /memory ran out/, /resources\.memory/],
  ['ImportError: own requires the foo package, Please install it', /package is missing/, /image/],
  ['ValueError: OWN_API_BASE must be set', /variable/, /env/],
  ['NotImplementedError: OWN_USE_V2=1 is for other devices', /variable/, /env/],
  ['AssertionError: OwnAttention only supports a size of 64', /does not support/, /args/],
  ['own.errors.WriteError: permission denied: /opt/own/cache', /may not/, /volumes/],
  ['own.ApiError: 401 Unauthorized', /credentials/, /Secret/],
  ["TypeError: load() got an unexpected keyword argument 'dtype'", /versions/, /image/],
  ["AttributeError: 'OwnConfig' object has no attribute 'rope_theta'", /versions/, /image/],
  ['ValueError: invalid reasoning parser: own (chose from { a, b })', /argument/, /args/],
  [
    'ERROR: dial tcp 10.0.0.5:5432: connect: connection refused',
    /does not answer/,
    /NetworkPolicy/,
  ],
  ['RuntimeError: cuDNN error: CUDNN_STATUS_NOT_INITIALIZED', /GPU/, /scheduling\.nodeSelector/],
  ['NotImplementedError: sliding windows of this kind', /does not support/, /model/],
  ['json.decoder.JSONDecodeError: Expecting value: line 1 column 1', /form/, /files/],
  ["FileNotFoundError: '/srv/own/labels.txt'", /is not there/, /\/srv\/own\/labels\.txt/],
  [
    'own.errors.OwnMode: cannot run, please unset OWN_MODE_X in its environment variable',
    /variable/,
    /OWN_MODE_X/,
  ],
  ['ValueError: --own-size must be greater than 0', /argument/, /in args --own-size/],
  ['open(/dev/own0): Operation not permitted: could not start', /device/, /resources\.gpuResource/],
  ['yaml.scanner.ScannerError: mapping values are not allowed here', /form/, /files/],
  [
    'own.NotFoundError: Operation OwnOp is not registered in this binary',
    /does not support/,
    /image/,
  ],
  ['AssertionError: 3 and 4 are of different sizes', /value that it is given/, /args/],
]

for (const [line, text, remedy] of TABLE)
  test(`T3 · a last exception that nobody knows: ${line.slice(0, 60)}`, t => {
    const found = likelyIn(line)
    t.regex(found?.text ?? '', text)
    t.regex(found?.remedy ?? '', remedy)
  })

test('T3 · where there is no exception, the last error that tells something is read', t => {
  const log = [
    'I1121 10:05:38 own.cc:10 starting',
    '[own][error] Configuration file is invalid /config/own.json',
    '[own][error] Could not start',
  ]
  t.is(likelyIn(log.join('\n'))?.line, log[1])
})

test('T3 · an exception beside words that follow from it says more than they do', t => {
  const raised = "E1216 own.cc:1] TypeError: own() got an unexpected keyword argument 'stats'"
  const follows = 'error: creating server: Internal - failed to load all models'
  const known = understood(follows)
  t.is(likelyBeside(known, `${raised}\n${follows}`)?.line, raised)
  t.is(likelyBeside(known, `E1216 own.cc:1] cannot open /own\n${follows}`), undefined)
  t.is(likelyBeside(understood('CUDA out of memory'), raised), undefined)
})

test('T3 · what says nothing of why is not guessed from', t => {
  for (const line of ['bye', "KeyError: 'own'", 'INFO: 3 errors were found and not installed', ''])
    t.is(likelyIn(line), undefined, line)
})

test('T3 · a guess is said to be one, ends no wait earlier, and leads to the log', t => {
  const pod = crashedBy('ValueError: OWN_API_BASE must be set')
  const [found] = explain({ object: pod, related: viewOf([pod]), now: '2026-11-21T10:05:00Z' })
  t.regex(found?.summary ?? '', /most likely a variable of its environment/)
  t.regex(found?.remedy ?? '', /by env.*the log says more: kubectl .* logs chat-1/)
})

test('T3 · who was ended by a signal is not guessed at', t => {
  const pod = crashedBy('ValueError: OWN_API_BASE must be set', { exitCode: 143 })
  const [found] = explain({ object: pod, related: viewOf([pod]), now: '2026-11-21T10:05:00Z' })
  t.notRegex(found?.summary ?? '', /most likely/)
})

test('T3 · a line that only begins to say what is wrong is quoted with those after it', t => {
  const log = '1 validation error for Own\nbatch\n  Input should be a valid integer\nbye'
  t.is(
    inFull('1 validation error for Own', log),
    '1 validation error for Own batch   Input should be a valid integer',
  )
  t.is(inFull('bye', log), 'bye')
  t.is(inFull('elsewhere:', log), 'elsewhere:')
})
