import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { writeNewInside } from '../../files/index.ts'
import { failure, hasErrors, SlipwayError } from '../../problem/index.ts'
import { defineCommand } from '../command.ts'
import { diffOf } from '../next-command.ts'
import { openProject, renderEnvironments } from '../../project/index.ts'
import { projectFolder } from '../project.ts'
import { reportProblems } from '../problems.ts'
import type { Answers } from '../../scaffold/index.ts'
import type { Terminal } from '../terminal.ts'

const RUNTIMES = ['deployment', 'kserve', 'external'] as const

const text = (describe: string) => ({ type: 'string', requiresArg: true, describe }) as const
const number = (describe: string) => ({ type: 'number', requiresArg: true, describe }) as const

export const newEndpointCommand = defineCommand({
  name: 'new',
  summary: 'Write the file of a new endpoint',
  description:
    'Writes NAME.yaml into the folder of the endpoints. On a terminal it asks for what no flag says; elsewhere the defaults of ' +
    'the project apply. Reports problems with the result.',
  positionals: { name: { describe: "The endpoint's name", many: false } },
  options: {
    runtime: { choices: RUNTIMES, describe: 'Serve it with this runtime' },
    serves: text('Use the image and defaults of this serving target'),
    image: text('Use this container image'),
    model: text('Serve this entry of models.yaml'),
    cpu: text('Request this much CPU, and limit it to that'),
    memory: text('Request this much memory, and limit it to that'),
    gpus: number('Give each pod this many GPUs'),
    port: number('Serve on this port'),
    host: text('Serve at this host: of the Ingress, or of an external endpoint'),
  },
  examples: [
    ['new chat', 'Asks for the rest on a terminal'],
    [
      'new chat --serves generation --model llama-3-8b-1.2.0 --gpus 1 --memory 32Gi',
      'Asks nothing',
    ],
  ],
  run: async (args, terminal) => {
    const { name, directory, runtime, environment, ...flags } = args
    const project = await projectFolder({ directory })
    const source = await openProject(project)
    const { knownEnvironments, listEnvironments } = await import('../../spec/index.ts')
    const [given] = environment === undefined ? [] : await knownEnvironments(source, environment)
    const folder = await freeFolder(project, name)
    const { endpointFile, newEndpoint, SCHEMA_FOLDER } = await import('../../scaffold/index.ts')
    const answers = await complete({ ...pick(flags), runtime }, terminal)
    const path = `${folder}/${name}.yaml`
    const hasSchema = existsSync(join(project, SCHEMA_FOLDER, 'endpoint.schema.json'))
    const depth = hasSchema ? { depth: folder.split('/').length } : {}
    const file = endpointFile({ metadata: { name }, spec: newEndpoint(answers), ...depth })
    if (!(await writeNewInside({ folder: project, path, text: file }))) throw taken(name, path)
    terminal.out(`${path}\n`)
    const { problems } = await renderEnvironments({ directory: project, choice: {} })
    const own = problems.filter(({ place }) => place?.file === path)
    reportProblems(own, terminal, project)
    if (hasErrors(own)) return 1
    const next = given ?? (await listEnvironments(source))[0]
    if (next !== undefined) terminal.err(diffOf(next, [name], args))
    return 0
  },
})

type Flags = Omit<Answers, 'runtime'>

function pick({ serves, image, model, cpu, memory, gpus, port, host }: Flags): Answers {
  return { serves, image, model, cpu, memory, gpus, port, host }
}

/** Where new files go; throws when the name is taken, or none. */
async function freeFolder(project: string, name: string): Promise<string> {
  if (!/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) {
    throw failure('usage', `"${name}" cannot be the name of an endpoint`, {
      remedy: 'Use lower case letters, digits and dashes, beginning with a letter.',
    })
  }
  const { endpointFiles, projectPaths } = await import('../../spec/index.ts')
  const source = await openProject(project)
  const [file] = (await endpointFiles(source)).get(name) ?? []
  if (file !== undefined) throw taken(name, file)
  const [, folder = 'endpoints'] = await projectPaths(source)
  return folder
}

function taken(name: string, file: string): SlipwayError {
  return failure('usage', `the endpoint "${name}" already exists, in ${file}`, {
    remedy: 'Choose another name, or edit that file.',
  })
}

/** Asks on a terminal for what no flag says. */
async function complete(given: Answers, terminal: Terminal): Promise<Answers> {
  const { missingAnswers } = await import('../../scaffold/index.ts')
  if (!terminal.isInteractive || missingAnswers(given).length === 0) return given
  const { openQuestions } = await import('../ask.ts')
  const questions = openQuestions(terminal)
  let answers = given
  try {
    // The runtime's answer decides about the others.
    for (let round = 0; round < 2; round++) {
      for (const { name, text: question, usual } of missingAnswers(answers)) {
        // oxlint-disable-next-line no-await-in-loop
        const answer = await questions.ask(`${question} [${usual}]: `)
        answers = { ...answers, [name]: answer === '' ? usual : answer }
      }
      checkRuntime(answers)
    }
  } finally {
    questions.close()
  }
  return answers
}

function checkRuntime({ runtime }: Answers): void {
  if (runtime === undefined || RUNTIMES.includes(runtime)) return
  throw failure('usage', `there is no runtime "${runtime}"`, {
    remedy: `It is one of ${RUNTIMES.join(', ')}.`,
  })
}
