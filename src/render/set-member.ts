/** A key such as `__proto__`, which a patch may name, becomes a plain member, too: assigned, it would be none. */
export function setMember(parent: object, key: string, value: unknown): void {
  if (key !== '__proto__') (parent as Record<string, unknown>)[key] = value
  else
    Object.defineProperty(parent, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    })
}
