# A release in R, in a folder or at https://, with its views and macros: needs the packages DBI and duckdb.
#
#   source("examples/read_release.R")
#   release <- open_release("datasets/releases/latest")
#   DBI::dbGetQuery(release, "SELECT speaker, text FROM find('ease sanctions')")
#
# At https:// DuckDB fetches its extension httpfs once, and then only the columns and row groups that a query reads.

open_release <- function(place) {
  connection <- DBI::dbConnect(duckdb::duckdb())
  DBI::dbExecute(connection, paste0("SET VARIABLE onrecord_dir = '", gsub("'", "''", place), "'"))
  load <- paste(readLines(paste0(place, "/load.sql"), encoding = "UTF-8"), collapse = "\n")
  DBI::dbExecute(connection, load)
  connection
}
