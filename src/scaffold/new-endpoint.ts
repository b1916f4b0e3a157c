import { defined, isEmpty } from '../object/index.ts'
import { failure } from '../problem/index.ts'
import { RUNTIMES, type EndpointDocument } from '../spec/index.ts'

/** What `slipway new` can be told; everything else is for an editor. */
export interface Answers {
  runtime?: (typeof RUNTIMES)[number] | undefined
  serves?: string | undefined
  image?: string | undefined
  model?: string | undefined
  cpu?: string | undefined
  memory?: string | undefined
  gpus?: number | undefined
  port?: number | undefined
  host?: string | undefined
}

export interface Question {
  name: 'runtime' | 'image' | 'cpu' | 'memory' | 'host'
  text: string
  /** Taken for an empty answer. */
  usual: string
}

/** What is worth asking a person for; nothing that was given. */
export function missingAnswers(given: Answers): Question[] {
  const runtime = { name: 'runtime', text: 'Runtime (deployment, kserve, external)' } as const
  if (given.runtime === undefined) return [{ ...runtime, usual: 'deployment' }]
  const questions: Question[] =
    given.runtime === 'external'
      ? [{ name: 'host', text: 'Host that serves it', usual: 'api.example.com' }]
      : [
          { name: 'image', text: 'Container image', usual: 'registry.example.com/server:1.0.0' },
          { name: 'cpu', text: 'CPU', usual: '1' },
          { name: 'memory', text: 'Memory', usual: '2Gi' },
        ]
  const isFromCatalogue = given.serves !== undefined
  return questions.filter(
    ({ name }) => given[name] === undefined && !(name === 'image' && isFromCatalogue),
  )
}

/** Everything worth asking for, from `ask`, which takes a prompt and resolves to a line. Throws SlipwayError `usage` for an unknown runtime. */
export async function completeAnswers(
  given: Answers,
  ask: (prompt: string) => Promise<string>,
): Promise<Answers> {
  let answers = given
  // The runtime's answer decides about the others.
  for (let round = 0; round < 2; round++) {
    for (const { name, text, usual } of missingAnswers(answers)) {
      // oxlint-disable-next-line no-await-in-loop
      const answer = await ask(`${text} [${usual}]: `)
      answers = { ...answers, [name]: answer === '' ? usual : answer }
    }
    checkRuntime(answers)
  }
  return answers
}

function checkRuntime({ runtime }: Answers): void {
  if (runtime === undefined || RUNTIMES.includes(runtime)) return
  throw failure('usage', `there is no runtime "${runtime}"`, {
    remedy: `It is one of ${RUNTIMES.join(', ')}.`,
  })
}

/** The spec that the answers mean; what is not said is left to the layers below. */
export function newEndpoint(answers: Answers): EndpointDocument['spec'] {
  const { runtime, serves, image, model, cpu, memory, gpus, port, host } = answers
  const head = defined({ runtime, serves, model: model === undefined ? undefined : { ref: model } })
  if (runtime === 'external') return { ...head, external: { host: host ?? 'api.example.com' } }
  const resources = defined({ cpu, memory, gpus })
  const ingress = host === undefined ? undefined : { host }
  return {
    ...head,
    ...defined({ image, port }),
    ...(!isEmpty(resources) && { resources }),
    ...defined({ ingress }),
  }
}
