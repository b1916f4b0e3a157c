/** Says something each time that it is not what was said last. */
export function onChange(say: (text: string) => void): (text: string) => void {
  let said = ''
  return text => {
    if (text === said) return
    said = text
    say(text)
  }
}
