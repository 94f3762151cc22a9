import type { Command } from 'commander'

export type Shell = 'bash' | 'zsh' | 'fish'

/** A script for a shell that completes commands and options: `source <(yieldfrom completion bash)`. */
export function completion(program: Command, shell: Shell): string {
  const commands = program.commands.map(command => ({ name: command.name(), options: command.options.map(({ long }) => long ?? '').filter(text => text !== '') }))
  const names = commands.map(({ name }) => name).join(' ')
  if (shell === 'fish') {
    return commands.map(({ name, options }) => [
      `complete -c yieldfrom -n __fish_use_subcommand -f -a ${name}`,
      ...options.map(option => `complete -c yieldfrom -n '__fish_seen_subcommand_from ${name}' -l ${option.slice(2)}`),
    ].join('\n')).join('\n') + '\n'
  }
  const cases = commands.map(({ name, options }) => `    ${name}) words='${options.join(' ')}' ;;`).join('\n')
  const before = shell === 'zsh' ? 'autoload -U +X bashcompinit && bashcompinit\n' : ''
  return `${before}_yieldfrom() {
  local words='${names}'
  if [ "$COMP_CWORD" -gt 1 ]; then case "\${COMP_WORDS[1]}" in
${cases}
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _yieldfrom yieldfrom
`
}
