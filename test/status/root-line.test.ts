import test from 'ava'
import { rootLine } from '../../src/status/causes/understood.ts'

test('T3 · of a log that nobody understands the last exception is told, not the one that refers to it', t => {
  const log = [
    'INFO 11-21 10:05:30 loading',
    'ERROR [core.py:718] AssertionError: sliding windows are mixed',
    '  File "/app/utils.py", line 759, in wait_for_engine_startup',
    'RuntimeError: Engine core initialization failed. See root cause above. Failed core proc(s): {}',
  ]
  t.is(rootLine(log.join('\n')), log[1])
  t.is(rootLine('starting\nbye\n'), 'bye')
  t.is(rootLine(''), undefined)
})
