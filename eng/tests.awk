# Sums test results. Prints one line "counts PASSED FAILED SKIPPED FILES", and for each skipped test a line
# "skipped<TAB>TEST<TAB>REASON", for each failed one "failed<TAB>TEST".
#
#   awk -f eng/tests.awk RESULT.trx...

function attribute(name,    at, rest) {
  at = index($0, " " name "=\"")
  if (at == 0) return ""
  rest = substr($0, at + length(name) + 3)
  return substr(rest, 1, index(rest, "\"") - 1)
}

function endSkipped() {
  if (test != "") printf "skipped\t%s\t%s\n", test, reason
  test = ""
}

FNR == 1 { files++ }

/<UnitTestResult / {
  endSkipped()
  outcome = attribute("outcome")
  if (outcome == "NotExecuted") {
    test = attribute("testName")
    reason = ""
  } else if (outcome != "Passed") {
    printf "failed\t%s\n", attribute("testName")
  }
}

/<Message>/ {
  if (test != "" && reason == "") {
    reason = $0
    gsub(/^.*<Message>|<\/Message>.*$/, "", reason)
  }
}

/<\/Results>/ { endSkipped() }

/<Counters / {
  passed += attribute("passed")
  failed += attribute("failed") + attribute("error") + attribute("timeout") + attribute("aborted")
  skipped += attribute("total") - attribute("executed")
}

END { printf "counts %d %d %d %d\n", passed, failed, skipped, files }
