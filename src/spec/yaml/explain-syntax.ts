import type { YAMLException } from 'js-yaml'
import type { ErrorCode, YAMLError } from 'yaml'
import type { Finding } from './node.ts'

/** What is wrong with a text that is no YAML: one finding, the first. */
export async function explainSyntax(text: string, exception: YAMLException): Promise<Finding> {
  const conflict = /^(<{7}|={7}|>{7})(?= |$)/m.exec(text)
  if (conflict !== null) return { code: 'yaml-syntax', offset: conflict.index, ...CONFLICT }
  const offset = exception.mark?.position ?? 0
  const known = explainReason(exception.reason)
  if (known !== undefined) return { code: 'yaml-syntax', ...known, offset }
  const error = await firstError(text)
  if (error === undefined)
    return { code: 'yaml-syntax', offset, message: `not valid YAML: ${exception.reason}` }
  return { code: 'yaml-syntax', offset: offsetOf(error, text), ...explainCode(error) }
}

interface Explanation {
  code?: Finding['code']
  message: string
  remedy?: string
}

const CONFLICT: Explanation = {
  message: 'the file has conflict markers of a git merge',
  remedy: 'Resolve the conflict: keep one side, and delete the markers.',
}

function explainReason(reason: string): Explanation | undefined {
  if (reason.startsWith('nesting exceeded')) {
    return {
      code: 'yaml-too-large',
      message: 'lists and maps are nested more than 64 deep here',
    }
  }
  if (/null byte|non-printable|expected valid JSON character/.test(reason)) {
    return {
      message: 'the file has a control character here',
      remedy: 'Remove it, or write it as an escape in double quotes, such as "\\u0001".',
    }
  }
  return undefined
}

/** Of a text that is not closed, `yaml` gives the end; people look for the start. */
function offsetOf({ message, pos: [start] }: YAMLError, text: string): number {
  const quote = /^Missing closing (["'])/.exec(message)?.[1]
  return quote === undefined ? start : Math.max(text.lastIndexOf(quote, start - 1), 0)
}

async function firstError(text: string): Promise<YAMLError | undefined> {
  const { parseAllDocuments } = await import('yaml')
  const documents = parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent' })
  const errors = [...documents].flatMap(document => document.errors)
  return errors.toSorted((a, b) => a.pos[0] - b.pos[0])[0]
}

const BY_CODE: Partial<Record<ErrorCode, Explanation>> = {
  TAB_AS_INDENT: {
    message: 'a tab is used as indentation',
    remedy: 'Indent with spaces: YAML does not allow tabs there.',
  },
  BAD_INDENT: {
    message: 'the indentation does not fit the lines above',
    remedy: 'Fields of one map start in the same column; close every { and [.',
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a value on one line with its key holds another "key: value"',
    remedy: 'Put the inner map on lines of its own, or the text in quotes.',
  },
  BLOCK_IN_FLOW: {
    message: 'a comma is missing between two entries in { } or [ ]',
    remedy: 'Separate entries with commas.',
  },
  MULTILINE_IMPLICIT_KEY: {
    message: 'this line is not "key: value"',
    remedy: 'Put a colon and a space after the key.',
  },
}

function explainCode(error: YAMLError): Explanation {
  const what = error.message.split('\n')[0] ?? ''
  if (/^Flow (map|sequence)/.test(what))
    return { message: 'a { or [ opened above is not closed', remedy: 'Close it.' }
  const known = BY_CODE[error.code]
  if (known !== undefined) return known
  if (/map keys need to be followed/.test(what)) {
    return {
      message: 'this line is not "key: value"',
      remedy: 'Put a colon and a space after the key.',
    }
  }
  if (/Missing closing/.test(what))
    return { message: 'a quoted text is not closed', remedy: 'Close the quotes.' }
  return { message: `not valid YAML: ${what.charAt(0).toLowerCase()}${what.slice(1)}` }
}
