import { execFileSync } from 'node:child_process'
import { Command } from 'commander'
import { completion } from '../../lib/cli/completion.ts'

const program = new Command('yieldfrom')
program.command('trace').option('--width <columns>').option('-s, --svg <file>').option('-x')
program.command('ps')

/** What bash would offer after these words. */
function offered(...words: string[]): string[] {
  const script = `${completion(program, 'bash')}\nCOMP_WORDS=(${words.map(word => `'${word}'`).join(' ')}); COMP_CWORD=${String(words.length - 1)}; _yieldfrom; printf '%s\\n' "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split('\n')
}

describe('completions', () => {
  it('offer the commands, and then the options of one', () => {
    expect(offered('yieldfrom', '')).toEqual(['trace', 'ps'])
    expect(offered('yieldfrom', 't')).toEqual(['trace'])
    expect(offered('yieldfrom', 'trace', '--')).toEqual(['--width', '--svg'])
  })

  it('are there for other shells', () => {
    expect(completion(program, 'zsh')).toMatch(/^autoload -U \+X bashcompinit/)
    expect(completion(program, 'fish').split('\n')).toEqual([
      'complete -c yieldfrom -n __fish_use_subcommand -f -a trace',
      "complete -c yieldfrom -n '__fish_seen_subcommand_from trace' -l width",
      "complete -c yieldfrom -n '__fish_seen_subcommand_from trace' -l svg",
      'complete -c yieldfrom -n __fish_use_subcommand -f -a ps',
      '',
    ])
  })
})
