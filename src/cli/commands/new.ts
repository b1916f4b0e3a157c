import { hasErrors } from '../../problem/index.ts'
import { defineCommand } from '../command.ts'
import { diffOf } from '../next-command.ts'
import { openProject } from '../../project/index.ts'
import { numberFlag, textFlag } from '../options.ts'
import { projectFolder } from '../project.ts'
import { reportProblems } from '../problems.ts'
import type { Answers } from '../../scaffold/index.ts'
import type { Terminal } from '../terminal.ts'

const RUNTIMES = ['deployment', 'kserve', 'external'] as const

export const newEndpointCommand = defineCommand({
  name: 'new',
  summary: 'Write the file of a new endpoint',
  description:
    'Writes NAME.yaml into the folder of the endpoints. On a terminal it asks for what no flag says; elsewhere the defaults of ' +
    'the project apply. Reports problems with the result.',
  positionals: { name: { describe: "The endpoint's name", many: false } },
  options: {
    runtime: { choices: RUNTIMES, describe: 'Serve it with this runtime' },
    serves: textFlag('Use the image and defaults of this serving target'),
    image: textFlag('Use this container image'),
    model: textFlag('Serve this entry of models.yaml'),
    cpu: textFlag('Request this much CPU, and limit it to that'),
    memory: textFlag('Request this much memory, and limit it to that'),
    gpus: numberFlag('Give each pod this many GPUs'),
    port: numberFlag('Serve on this port'),
    host: textFlag('Serve at this host: of the Ingress, or of an external endpoint'),
  },
  examples: [
    ['new chat', 'Asks for the rest on a terminal'],
    [
      'new chat --serves generation --model llama-3-8b-1.2.0 --gpus 1 --memory 32Gi',
      'Asks nothing',
    ],
  ],
  run: async (args, terminal) => {
    const { name, directory, environment } = args
    const { runtime, serves, image, model, cpu, memory, gpus, port, host } = args
    const flags = { runtime, serves, image, model, cpu, memory, gpus, port, host }
    const project = await projectFolder({ directory })
    const source = await openProject(project)
    const { knownEnvironments, listEnvironments } = await import('../../spec/index.ts')
    const [given] = environment === undefined ? [] : await knownEnvironments(source, environment)
    const { checkNewEndpoint, writeNewEndpoint } = await import('../../authoring/index.ts')
    const wanted = await checkNewEndpoint(project, name)
    const answers = await complete(flags, terminal)
    const { path, problems } = await writeNewEndpoint(wanted, answers)
    terminal.out(`${path}\n`)
    reportProblems(problems, terminal, project)
    if (hasErrors(problems)) return 1
    const next = given ?? (await listEnvironments(source))[0]
    if (next !== undefined) terminal.err(diffOf(next, [name], args))
    return 0
  },
})

/** Asks on a terminal for what no flag says. */
async function complete(given: Answers, terminal: Terminal): Promise<Answers> {
  const { completeAnswers, missingAnswers } = await import('../../scaffold/index.ts')
  if (!terminal.isInteractive || missingAnswers(given).length === 0) return given
  const { withQuestions } = await import('../ask.ts')
  return withQuestions(terminal, ask => completeAnswers(given, ask))
}
