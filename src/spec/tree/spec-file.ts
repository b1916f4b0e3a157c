/** Whether a file below a folder of endpoints is read: YAML, and neither it nor a folder on its way is hidden. */
export function isSpecFile(path: string): boolean {
  return isYaml(path) && !/(^|\/)\./.test(path)
}

export function isYaml(name: string): boolean {
  return /\.ya?ml$/i.test(name)
}
