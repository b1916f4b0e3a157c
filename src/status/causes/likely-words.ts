import { saidBy, type Said } from './remedies.ts'
import { isRaised, isRemark, rootLine, type Understood } from './understood.ts'

/** What the last exception of a server that nobody knows speaks of, and what that most often comes from: its text follows `most likely `. */
interface Naming {
  /** What the line names, where it does: it goes in the place of `NAMED` in the remedy. */
  subject: RegExp
}

/** In a remedy, for the subject of its line. */
const NAMED = 'what the line names'

const VARIABLE = /\b[A-Z][A-Z0-9]{1,40}_[A-Z0-9_]{1,80}\b/
const FLAG = /(?:^|[\s'"`(=[])(--[a-z][\w-]{1,60})/
const PATH = /(?:^|[\s'"`(=:])(\/[\w.@+-]{1,120}(?:\/[\w.@+-]{1,120}){1,20})/

/**
 * By the words of one line, of any server: what names an argument, a package, a file. Less sure than the tables of known words,
 * and said so; the first that fits counts.
 */
const LIKELY = saidBy<Naming>([
  [
    /out of memory|MemoryError|bad_alloc|(?:cannot|can't|could not|failed to|unable to) allocate|(?:insufficient|not enough) (?:\w{1,20} )?memory/i,
    'memory ran out',
    'raise resources.memory, where it is that of the GPU ask for one with more (resources.gpuMemory), or have the server need less (args)',
  ],
  [
    /pip install|(?:package|module|dependency|library|plugin)\b.{0,80}(?:not (?:available|installed|found)|is missing|required)|is not installed|No module named|Please install|cannot import name|requires the .{0,80}(?:package|library)/i,
    'a package is missing in the image',
    'use an image that has it (image)',
  ],
  [
    /environment variable|env(?:ironment)? var\b|\b[A-Z][A-Z0-9]{1,40}_[A-Z0-9_]{1,80}\b.{0,40}(?:not set|must be set|is (?:required|unset|missing|empty|invalid))|\b[A-Z]{2,20}_[A-Z0-9_]{1,60}=\w/,
    'a variable of its environment is missing or wrong',
    `set, correct or leave out by env ${NAMED}; where an argument does the same, by args`,
    { subject: VARIABLE },
  ],
  [
    /\/dev\/(?!shm|null|stdout|stderr|tty)\w/,
    'it may not use a device, or the device is not there',
    'ask for the device by the name that its node offers it under (resources.gpus, resources.gpuResource), so that its plugin brings it into the container; where it has it, give the pod the group that may open it (pod.securityContext), or set podSecurity: false',
  ],
  [
    /permission denied|not permitted|read-only file system|\bE(?:ACCES|PERM|ROFS)\b/i,
    'it may not do something to a file, a device or a port',
    'let it write to a volume (volumes, and its path by env or args), give the pod the group or user that may (pod.securityContext), or set podSecurity: false',
  ],
  [
    /unauthori[sz]ed|forbidden|access (?:is )?denied|authenticat|credential|\b40[13]\b|api[ _-]?key|(?:invalid|expired|missing) \w{0,20} ?token/i,
    'it has no valid credentials for something that it asks',
    'give it the token or key that it asks for by env (from a Secret), or check the serviceAccount of the pods',
  ],
  [
    /version mismatch|incompatib|(?:requires?|needs?|expected|want).{0,80}\bversion\b|version .{0,80}(?:required|not supported|too old|does not match)|too old|outdated|(?:newer|older|latest|upgrade|update) (?:to )?(?:version|release|of\b)|unexpected keyword argument|has no attribute|missing \d{1,2} required positional|takes \d{1,2} positional arguments?|(?:Attribute|Type)Error: /i,
    'its code, its libraries and the model are of versions that do not fit one another',
    'use another version of the image (image), one that was made for this model, or another revision of the model',
  ],
  [
    /(?:unknown|invalid|unsupported|unexpected|unrecogni[sz]ed|illegal|conflicting|mutually exclusive|bad|no such|undefined)\b.{0,80}\b(?:arguments?|options?|flags?|parameters?|parser|choice|setting|value|backend|command|switch)\b|(?:flag|option|argument)s? .{0,80}(?:not defined|not recogni[sz]ed|unknown|redefined|invalid|required)|\busage: |\((?:choose|chose) from|must be (?:one of|greater|less|positive|set|specified|divisible|a multiple|between|>|<)|should be (?:one of|greater|less)|valid (?:options|values|choices|backends)\b|(?:^|[\s'"`(])--[a-z][\w-]{2,60}/i,
    'it does not take one of its arguments',
    `correct in args ${NAMED}; another version of the server (image) may take it`,
    { subject: FLAG },
  ],
  [
    /connection (?:refused|reset|closed|aborted|error)|ConnectionError|ConnectError|timed? ?out|unreachable|unavailable|Busy\w{0,20}Error|try again|(?:cannot|could not|failed to|unable to) (?:connect|reach|resolve)/i,
    'something that it needs does not answer',
    'check the address that it is given (env, args), that what answers there runs, and that a NetworkPolicy lets the pod reach it',
  ],
  [
    /\b(?:CUDA|cuBLAS|cuDNN|CUBLAS|CUDNN|NVML|NVRTC|nvrtc|HIP|hip|HSA|ROCm|XPU|GPU|NPU|TPU|HPU|NRT|Neuron|Gaudi|synStatus|Ascend|ACL|Triton kernel|compute capability|gfx\d{3,4}|sm_\d{2,3})/,
    'its GPU (or other accelerator) or the driver of it does not fit what the image or the model asks for',
    "compare what the image is built for with the node's driver and type of GPU (image, scheduling.nodeSelector), and what the model and args ask for with what the pod has (resources.gpus, resources.gpuResource)",
  ],
  [
    /NotImplementedError|\bnot (?:\w{1,20} ){0,6}(?:supported|implemented)|only (?:supports?|works?|allows?|accepts?)\b|(?:does|do) not support|unsupported|no (?:valid|suitable|available|compatible) |\b(?:is not|isn't|not) (?:registered|recogni[sz]ed|known)\b|unknown (?:\w{1,20} )?(?:type|format|model|operator|layer|architecture)/i,
    'it does not support something that the model or its arguments ask for',
    'use a newer image (image) or another model or quantization of it (model), correct args, or choose nodes with another type of GPU (scheduling.nodeSelector)',
  ],
  [
    /(?:JSONDecode|Validation|Parse|Parser|Syntax|Config(?:uration)?|YAML|Toml)\w{0,20}Error|(?:fail(?:ed|ure)? to|cannot|could not|error) (?:pars|decod|deserializ|load(?:ing)? (?:the )?config)\w{0,10}|invalid (?:config|json|yaml|syntax|format)|config(?:uration)?(?: file)? (?:is )?(?:invalid|not valid|incorrect)|malformed|\b(?:yaml|toml|tomllib|configparser|omegaconf|jsonschema|pydantic)\w{0,20}\.|(?:Scanner|Constructor|Decode|Decoding|Schema)\w{0,20}Error|in "[^"]{1,200}", line \d|unexpected (?:end of|token|character)|expected value at line|mapping values are not allowed/i,
    'a file or value that configures it is not of the form that it wants',
    'correct the file, variable or argument that the line names (config of the model, files, volumes, env, args)',
  ],
  [
    /No such file|FileNotFoundError|NoSuchFile|does(?: not|n't) exist|not found|(?:cannot|can't|could not|unable to|failed to) (?:find|open|locate|read)|missing (?:\w{1,20} )?(?:files?|keys?|tensors?|weights?)\b|\bno \w{1,30} (?:\w{1,20} )?found\b/i,
    'a file or part of the model that it needs is not there',
    `see where it shall come from (model.uri, volumes, the image), and correct the path in args or env: ${NAMED}`,
    { subject: PATH },
  ],
  [
    /\b(?:Value|Assertion|Runtime|Operational|Configuration)Error: \S|Check failed: |Assertion .{0,300}failed|GGML_ASSERT\(|panicked at |^called `/,
    'a value that it is given (args, env, the model) does not suit it',
    'hold what the line says against args, env and the model; otherwise use another version of the image or of the model',
  ],
])

/** Of a log that no table knows: of its last exception, else of the last of its errors that tells something. */
export function likelyIn(log: string | undefined): Found | undefined {
  const lines = (log ?? '').split('\n').filter(isTelling).slice(-MOST_LINES)
  const root = rootLine(log)
  for (const line of [root ?? '', ...lines.toReversed()]) {
    const likely =
      isTelling(line) && LIKELY.find(({ pattern }) => pattern.test(line.slice(0, LONGEST)))
    if (likely) return { ...likely, remedy: naming(likely, line), line }
  }
  return undefined
}

function naming({ remedy, subject }: Said<Naming>, line: string): string {
  const found = subject?.exec(line.slice(0, LONGEST))
  return found ? remedy.replace(NAMED, found[1] ?? found[0]) : remedy
}

/** Where words are known, only for those that follow from an exception beside them. */
export function likelyBeside(
  known: Understood | undefined,
  log: string | undefined,
): Found | undefined {
  if (known !== undefined && known.words.isFollowing !== true) return undefined
  const found = likelyIn(log)
  return known === undefined || isRaised(found?.line) ? found : undefined
}

type Found = Said<Naming> & { line: string }

const MOST_LINES = 20

function isTelling(line: string): boolean {
  return TELLING.test(line.slice(0, LONGEST)) && !isRemark(line)
}

/** The last line of a server that has not said why it ends is none of these. */
const TELLING =
  /error|exception|fail|fatal|panic|cannot|can't|could not|couldn't|unable|invalid|denied|refused|not found|missing|must |abort|assert|unrecogni[sz]ed|unknown|unsupported|unexpected|not (?:a )?(?:valid|supported|allowed|available|defined|permitted)|what\(\):|Caused by|unhandled|no such|does not|illegal/i

const LONGEST = 2000
