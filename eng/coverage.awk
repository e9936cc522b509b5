# Merges Cobertura reports and prints coverage by layer as a Markdown table.
# A line counts once, however many reports and classes name it, and is covered when any of them hit it.
#
#   awk -v root=FOLDER/ -v layerFloor=95 -v totalFloor=90 -f eng/coverage.awk REPORT...
#
# Ends with 1 when a floor is not reached, with 2 when nothing was measured.

function attribute(name,    at, rest) {
  at = index($0, " " name "=\"")
  if (at == 0) return ""
  rest = substr($0, at + length(name) + 3)
  return substr(rest, 1, index(rest, "\"") - 1)
}

# The layer of a file: a folder of the core, a room, or the panels of the dashboard.
function layerOf(file,    part, count) {
  count = split(file, part, "/")
  if (part[1] != "src" || count < 3) return ""
  if (part[2] == "Perpkeel.Core") return "Core/" part[3]
  if (part[2] == "Perpkeel.Dashboard") return part[3] == "Panels" ? "Dashboard/Panels" : "Dashboard, the rest"
  sub(/^Perpkeel\./, "", part[2])
  return part[2]
}

# Surfaces count in the total only: what they show is tested, how a terminal paints it is not measured.
function hasFloor(layer) { return layer != "Cli" && layer != "Dashboard, the rest" }

function percent(part, whole) { return whole == 0 ? 100 : 100 * part / whole }

# Rounded down, so that a floor that is shown as reached is reached.
function shown(value) { return sprintf("%.1f", int(value * 10) / 10) }

/<source>/ {
  source = $0
  gsub(/^.*<source>|<\/source>.*$/, "", source)
}

/<class / {
  file = source attribute("filename")
  if (index(file, root) == 1) file = substr(file, length(root) + 1)
  layer = layerOf(file)
}

/<line / {
  if (layer == "") next
  key = file ":" attribute("number")
  if (!(key in layers)) {
    layers[key] = layer
    lines[layer]++
    total++
  }
  if (attribute("hits") + 0 > 0 && !(key in hit)) {
    hit[key] = 1
    covered[layer]++
    totalCovered++
  }
}

END {
  if (total == 0) {
    print "No line was measured." > "/dev/stderr"
    exit 2
  }
  order = "Core/Numbers Core/Instruments Core/MarketData Core/Signals Core/Accounts Core/Margin Core/Orders " \
    "Core/Strategies Core/Risk Core/Reconciliation Core/Engine Venues Simulation Runtime Storage Dashboard/Panels"
  count = split(order, first, " ")
  for (i = 1; i <= count; i++) known[first[i]] = 1
  for (layer in lines) if (!(layer in known)) extra[++extras] = layer
  for (i = 2; i <= extras; i++) {
    for (j = i; j > 1 && extra[j] < extra[j - 1]; j--) {
      swap = extra[j]; extra[j] = extra[j - 1]; extra[j - 1] = swap
    }
  }
  for (i = 1; i <= extras; i++) first[++count] = extra[i]

  print "| Layer | Lines | Covered | % | Floor |"
  print "|---|--:|--:|--:|--:|"
  for (i = 1; i <= count; i++) {
    layer = first[i]
    if (!(layer in lines)) continue
    rate = percent(covered[layer], lines[layer])
    floor = hasFloor(layer) ? layerFloor : ""
    below = floor != "" && rate < floor
    missed += below
    printf "| %s | %d | %d | %s%s | %s |\n", layer, lines[layer], covered[layer], shown(rate),
      below ? " **below**" : "", floor
  }
  rate = percent(totalCovered, total)
  below = rate < totalFloor
  missed += below
  printf "| **All** | %d | %d | %s%s | %s |\n", total, totalCovered, shown(rate), below ? " **below**" : "",
    totalFloor
  exit missed > 0 ? 1 : 0
}
