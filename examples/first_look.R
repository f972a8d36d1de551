# A first look at a release in R: who is quoted, and quotes and proposals over time, as tables and as a PDF.
#
#   Rscript examples/first_look.R [RELEASE [FOLDER FOR RESULTS]]
#
# With the packages DBI and duckdb it reads the release directly. Without, it asks the command `onrecord sql`, which
# must then be on the PATH or named by the environment variable ONRECORD; base R is enough.

arguments <- commandArgs(trailingOnly = TRUE)
release <- normalizePath(if (length(arguments) >= 1) arguments[1] else "datasets/releases/latest")
results <- if (length(arguments) >= 2) arguments[2] else "."

if (requireNamespace("duckdb", quietly = TRUE) && requireNamespace("DBI", quietly = TRUE)) {
  connection <- DBI::dbConnect(duckdb::duckdb())
  DBI::dbExecute(connection, paste0("SET VARIABLE onrecord_dir = '", gsub("'", "''", release), "'"))
  for (statement in paste(readLines(file.path(release, "load.sql"), encoding = "UTF-8"), collapse = "\n")) {
    DBI::dbExecute(connection, statement)
  }
  ask <- function(query) DBI::dbGetQuery(connection, query)
} else {
  onrecord <- Sys.getenv("ONRECORD", "onrecord")
  if (Sys.which(onrecord) == "") {
    stop("no command '", onrecord, "': set ONRECORD to where it is, such as ONRECORD=.venv/bin/onrecord Rscript ...")
  }
  Sys.unsetenv("LD_LIBRARY_PATH")  # R's libraries are not those of the command's Python
  ask <- function(query) {
    lines <- system2(onrecord, c("sql", "--release", shQuote(release), "--format", "csv"), input = query, stdout = TRUE)
    if (!is.null(attr(lines, "status"))) stop("onrecord sql failed")
    read.csv(text = lines, encoding = "UTF-8", check.names = FALSE, na.strings = "")
  }
}

# A quote or proposal is placed in the month in which it can last have been made; what cannot be dated is left out.
over_time <- function(rows, series) {
  ask(paste(
    "SELECT strftime(coalesce(latest, earliest), '%Y-%m') AS month,", series, "AS series, count(*) AS n FROM", rows,
    "WHERE coalesce(latest, earliest) IS NOT NULL GROUP BY ALL ORDER BY ALL"
  ))
}

draw <- function(counts, title) {
  if (nrow(counts) == 0) return(invisible(NULL))
  table <- xtabs(n ~ series + month, data = counts)
  barplot(table, main = title, las = 2, legend.text = TRUE, args.legend = list(x = "topleft", bty = "n"), border = NA,
          col = hcl.colors(nrow(table), "Dark 3"), cex.names = 0.8)
}

speakers <- ask(paste(
  "SELECT speaker, count(*) AS quotes FROM statements WHERE speaker_actor_id IS NOT NULL",
  "GROUP BY speaker_actor_id, speaker ORDER BY quotes DESC, speaker LIMIT 10"
))
print(speakers)

quotes <- over_time("statements", "kind")
proposals <- over_time("(SELECT DISTINCT proposal_id, earliest, latest, stance FROM positions)", "stance")
write.csv(quotes, file.path(results, "quotes.csv"), row.names = FALSE)
write.csv(proposals, file.path(results, "proposals.csv"), row.names = FALSE)

pdf(file.path(results, "first_look.pdf"), width = 9, height = 4)
draw(quotes, "Quotes by month")
draw(proposals, "Proposals by month and stance")
invisible(dev.off())
