# W1 and W2 in simmer: Rscript simmer.R line|referral CITIZENS SEED
# Prints the CPU seconds of the simulating (not of starting R or loading simmer) and the means, as JSON.
suppressPackageStartupMessages(library(simmer))

words <- commandArgs(trailingOnly = TRUE)
workload <- words[1]
citizens <- as.integer(words[2])
set.seed(as.integer(words[3]))

HOURS_A_DAY <- 24
total <- c(wait = 0, waited = 0, contacts = 0, hours = 0, reentries = 0, gave_up = 0, helped = 0, to_help = 0)
add <- function(name, amount) total[name] <<- total[name] + amount
env <- simmer("benchmark")

lognormal <- function(mean, sd) {
  variance <- log1p((sd / mean)^2)
  function() rlnorm(1, log(mean) - variance / 2, sqrt(variance))
}

# Wait for a post of the team, however long.
join <- function(path, team) seize(set_attribute(path, "joined", function() now(env)), team)

# Days since joining.
waited <- function() now(env) - get_attribute(env, "joined")

# One piece of work, put down as it starts.
work <- function(path, team, hours) {
  path <- timeout(path, function() {
    days <- waited()
    spent <- hours()
    add("wait", days)
    add("waited", days > 0)
    add("contacts", 1)
    add("hours", spent)
    spent / HOURS_A_DAY
  })
  release(path, team)
}

# A delay after which the citizen is back.
away <- function(mean_days) timeout(trajectory(), function() {
  add("reentries", 1)
  rexp(1, 1 / mean_days)
})

nothing <- function() timeout(trajectory(), 0)

# The number of the share in which chance falls; the last takes the rest.
pick <- function(...) {
  edges <- cumsum(c(...))
  function() findInterval(runif(1), edges) + 1
}

run_line <- function() {
  path <- work(join(trajectory(), "clerks"), "clerks", function() rexp(1, 1 / 4))
  env <- add_resource(env, "clerks", 5)
  add_generator(env, "citizen", path, at(cumsum(rexp(citizens, 27))))
}

helped <- function(path) set_attribute(path, "helped", function() {
  if (is.na(get_attribute(env, "helped"))) {
    add("helped", 1)
    add("to_help", now(env) - get_attribute(env, "arrived"))
  }
  1
})

# Wait for an assessor or give up, whichever comes first.
assessed_if_patient <- function(path) {
  lost <- timeout(trajectory(), function() {
    add("wait", waited())
    add("gave_up", 1)
    0
  })
  path <- set_attribute(path, "joined", function() now(env))
  path <- renege_in(path, function() rexp(1, 1 / 2), out = lost)
  path <- renege_abort(seize(path, "assessors"))
  work(path, "assessors", lognormal(4.5, 3))
}

onward <- function() {
  elsewhere <- work(join(trajectory(), "assessors elsewhere"), "assessors elsewhere", lognormal(5.5, 3))
  path <- assessed_if_patient(trajectory())
  path <- branch(path, pick(0.30, 0.28), continue = c(FALSE, TRUE, TRUE), nothing(), elsewhere, nothing())
  path <- helped(join(path, "helpers"))
  path <- work(path, "helpers", function() rgamma(1, (14 / 6)^2, scale = 36 / 14))
  branch(path, pick(0.20), continue = c(TRUE, FALSE), away(30), nothing())
}

# Who comes to the end of the path without having left it is back at the contact centre: four activities and a branch
# before the rollback.
run_referral <- function() {
  path <- set_attribute(trajectory(), "arrived", function() now(env))
  path <- work(join(path, "contact centre"), "contact centre", function() rexp(1, 1 / 0.65))
  path <- branch(path, pick(0.175, 0.175), continue = c(TRUE, FALSE, TRUE), away(14), nothing(), onward())
  path <- rollback(path, 5, times = Inf)
  teams <- c("contact centre" = 2, "assessors" = 9, "assessors elsewhere" = 3, "helpers" = 19)
  for (team in names(teams)) env <- add_resource(env, team, teams[[team]])
  add_generator(env, "citizen", path, at(cumsum(rexp(citizens, 48))))
}

before <- proc.time()
invisible(run(if (workload == "line") run_line() else run_referral()))
spent <- proc.time() - before

means <- c(
  mean_wait_days = total[["wait"]], waited = total[["waited"]], mean_contacts = total[["contacts"]],
  mean_staff_hours = total[["hours"]], mean_reentries = total[["reentries"]], gave_up = total[["gave_up"]],
  helped = total[["helped"]]
) / citizens
means["mean_days_to_help_if_helped"] <- if (total[["helped"]] > 0) total[["to_help"]] / total[["helped"]] else 0
written <- paste(sprintf("\"%s\": %.17g", names(means), means), collapse = ", ")
cpu <- sprintf("\"user\": %.6f, \"system\": %.6f", spent[["user.self"]], spent[["sys.self"]])
cat(sprintf("{\"means\": {%s}, %s}\n", written, cpu))
