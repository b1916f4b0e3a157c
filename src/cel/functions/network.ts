import { BlockList, isIP, SocketAddress } from 'node:net'
import { celFailure } from '../failure.ts'
import type { Functions } from './functions.ts'

/** An address, in its canonical form. */
export class Address {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  valueOf(): string {
    return this.text
  }
}

/** A block of addresses: what was written before the slash, and how many bits count. */
export class Block {
  readonly address: Address
  readonly bits: number
  constructor(address: Address, bits: number) {
    this.address = address
    this.bits = bits
  }
  valueOf(): string {
    return `${this.address.text}/${this.bits}`
  }
}

export const networkFunctions: Functions = {
  'ip(string): IP': (text: string) => addressOf(text),
  'isIP(string): bool': (text: string) => parseAddress(text) !== undefined,
  'IPs.isCanonical(string): bool': (_: unknown, text: string) => addressOf(text).text === text,
  'string(IP): string': ({ text }: Address) => text,
  'IP.family(): int': ({ text }: Address) => BigInt(isIP(text)),
  'IP.isUnspecified(): bool': (ip: Address) => isWithin(ip, ['0.0.0.0/32', '::/128']),
  'IP.isLoopback(): bool': (ip: Address) => isWithin(ip, ['127.0.0.0/8', '::1/128']),
  'IP.isLinkLocalMulticast(): bool': (ip: Address) => isWithin(ip, ['224.0.0.0/24', ...LOCAL6]),
  'IP.isLinkLocalUnicast(): bool': (ip: Address) => isWithin(ip, ['169.254.0.0/16', 'fe80::/10']),
  'IP.isGlobalUnicast(): bool': (ip: Address) => !isWithin(ip, NOT_GLOBAL),
  'cidr(string): CIDR': (text: string) => blockOf(text),
  'isCIDR(string): bool': (text: string) => parseBlock(text) !== undefined,
  'string(CIDR): string': (block: Block) => block.valueOf(),
  'CIDR.containsIP(string): bool': (block: Block, ip: string) => contains(block, addressOf(ip)),
  'CIDR.containsIP(IP): bool': contains,
  'CIDR.containsCIDR(string): bool': (block: Block, other: string) =>
    containsBlock(block, blockOf(other)),
  'CIDR.containsCIDR(CIDR): bool': containsBlock,
  'CIDR.ip(): IP': ({ address }: Block) => address,
  'CIDR.prefixLength(): int': ({ bits }: Block) => BigInt(bits),
}

/** ff02::/16, whatever the flags in the second digit. */
const LOCAL6 = Array.from({ length: 16 }, (_, flags) => `ff${flags.toString(16)}2::/16`)

const NOT_GLOBAL = [
  '0.0.0.0/32',
  '::/128',
  '255.255.255.255/32',
  '127.0.0.0/8',
  '::1/128',
  '224.0.0.0/4',
  'ff00::/8',
  '169.254.0.0/16',
  'fe80::/10',
]

function addressOf(text: string): Address {
  const address = parseAddress(text)
  if (address === undefined) throw celFailure(`"${text}" is not an IP address`)
  return address
}

/** No zones and no IPv4 in IPv6, as in the API server. */
function parseAddress(text: string): Address | undefined {
  const family = isIP(text)
  if (family === 0 || text.includes('%')) return undefined
  const { address } = new SocketAddress({ address: text, family: familyOf(text) })
  return /^::ffff:/i.test(address) ? undefined : new Address(address)
}

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return address.includes(':') ? 'ipv6' : 'ipv4'
}

function blockOf(text: string): Block {
  const block = parseBlock(text)
  if (block === undefined) throw celFailure(`"${text}" is not a CIDR`)
  return block
}

function parseBlock(text: string): Block | undefined {
  const [, ip = '', bits = ''] = /^([^/]+)\/(0|[1-9]\d{0,2})$/.exec(text) ?? []
  const address = parseAddress(ip)
  if (address === undefined || Number(bits) > (isIP(ip) === 4 ? 32 : 128)) return undefined
  return new Block(address, Number(bits))
}

function contains({ address, bits }: Block, ip: Address): boolean {
  const list = new BlockList()
  list.addSubnet(address.text, bits, familyOf(address.text))
  return familyOf(ip.text) === familyOf(address.text) && list.check(ip.text, familyOf(ip.text))
}

function containsBlock(block: Block, other: Block): boolean {
  return block.bits <= other.bits && contains(block, other.address)
}

function isWithin(ip: Address, blocks: readonly string[]): boolean {
  return blocks.some(block => contains(blockOf(block), ip))
}
