import { LAST_WORDS } from './last-words.ts'
import type { LastWords } from './model-words.ts'

export interface Understood {
  words: LastWords
  /** The line of the text that says it. */
  line: string
}

/**
 * The first in the table that the text contains; what a container of that text ended by. What a server only remarks on its way (a part that
 * it does without, a download that it tries again) counts where nothing worse is said.
 */
export function understood(text: string | undefined): Understood | undefined {
  if (text === undefined || text === '') return undefined
  const lines = text.split('\n').filter(line => !HARMLESS.test(line))
  return knownIn(lines.filter(line => !isRemark(line)).join('\n')) ?? knownIn(lines.join('\n'))
}

/** What a server that goes on has told as an error: it may have got over it, but has not become ready. */
export function troubleIn(log: string | undefined): Understood | undefined {
  return knownIn(
    (log ?? '')
      .split('\n')
      .filter(line => !isRemark(line))
      .join('\n'),
  )
}

/** Errors by their level, and nothing to a server without GPUs: TensorFlow (cuda_driver.cc, dso_loader.cc), Triton core (pinned_memory_manager.cc). */
const HARMLESS =
  /failed call to cuInit|Could not load dynamic library '|Cannot dlopen some GPU libraries|Unable to allocate pinned system memory|CUDA memory pool disabled/

/** By the level at its beginning: of Python's logging, Rust's tracing, Go's slog and logfmt, glog, TensorFlow. */
const REMARK =
  /\b(?:INFO|DEBUG|TRACE|WARN|WARNING|\w{1,30}Warning)\b|^[IW]\d{4} |\d [IW] (?:tensorflow|external)|level"?[=:]\s?"?(?:info|warn|debug|INFO|WARN|DEBUG)/

const BEGINNING = 100

/** Whether a line says that all is well, or well enough to go on. */
export function isRemark(line: string): boolean {
  const beginning = line.slice(0, BEGINNING)
  if (HARMLESS.test(line)) return true
  return REMARK.test(beginning) && !NCCL_DETAIL.test(beginning) && !isRaised(line)
}

/** Why NCCL fails, it warns of; the error after it does not say it. */
const NCCL_DETAIL = /NCCL WARN/
/** Whether a line tells of an exception, whoever passes it on. */
export function isRaised(line: string | undefined): boolean {
  return line !== undefined && RAISED.test(line)
}

/** TorchServe, for one, passes on what its workers write as information. */
const RAISED = /\b[A-Z]\w{0,80}(?:Error|Exception): /

function knownIn(text: string): Understood | undefined {
  for (const words of LAST_WORDS) {
    const found = words.pattern.exec(text)
    if (found !== null)
      return { words, line: lineAt(text, found.index + (words.last?.exec(found[0])?.index ?? 0)) }
  }
  return undefined
}

function lineAt(text: string, index: number): string {
  const end = text.indexOf('\n', index)
  return text.slice(text.lastIndexOf('\n', index - 1) + 1, end === -1 ? undefined : end)
}

/** vLLM's last exception says only that there was one before. */
const REFERS_BACK =
  /See root cause above|^Traceback|During handling of the above|A fatal exception has occurred|Could not create the Java Virtual Machine|^goroutine \d|^note: run with `RUST_BACKTRACE|^\s{0,20}(?:at [\w.$]{1,200}\(|frame #\d)/
/** Of Python by its name or its module, of Go, of Rust, of C++ and of the JVM. */
const EXCEPTION =
  /\b[A-Z]\w{0,80}(?:Error|Exception): \S|^(?:[a-z_]\w{0,60}\.){1,8}[A-Z]\w{0,80}: \S|^(?:panic|fatal error|FATAL|error|Error): |^\s{0,8}what\(\):|^called `\w{1,20}::\w{1,20}\(\)` on an? |Assertion .{1,300} failed|GGML_ASSERT\(|Check failed: /

/** A line of a log, with the two after it where it only begins to say what is wrong: pydantic's errors, NCCL's, lists of what is missing. */
export function inFull(line: string | undefined, log: string | undefined): string | undefined {
  if (line === undefined || !BEGINS.test(line)) return line
  const lines = (log ?? '').split('\n')
  const index = lines.lastIndexOf(line)
  return index === -1 ? line : lines.slice(index, index + 3).join(' ')
}

const BEGINS = /\d validation errors? for |:\s*$|Last error/

/** Of a log that nobody understands, the line that most likely says why: the last exception, else the last line. */
export function rootLine(log: string | undefined): string | undefined {
  const lines = (log ?? '').split('\n').filter(line => line.trim() !== '')
  const telling = lines.filter(line => !REFERS_BACK.test(line))
  return telling.findLast(line => EXCEPTION.test(line)) ?? telling.at(-1) ?? lines.at(-1)
}
