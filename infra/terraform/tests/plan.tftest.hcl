# The plan of everything, without an account: what is made, and what the roles may do.
mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  packages    = "/nowhere"
  policy_file = "examples/minimal/policy.json"
  login       = { issuer = "https://login.example.com/", audiences = ["stile"] }
  mail        = { from = "codes@example.com", identity = "example.com" }
}

run "grants_nothing_at_large" {
  assert {
    condition = alltrue(flatten([
      for function in module.function : [
        for statement in jsondecode(function.policy).Statement : [
          for value in flatten([statement.Action, try(statement.Resource, [])]) :
          value != "*" && !endswith(value, ":*") || can(regex("log-stream:\\*$", value))
        ]
      ]
    ]))
    error_message = "A role names * for an action or a resource."
  }
}

run "lets_nobody_scan" {
  assert {
    condition     = !strcontains(jsonencode([for function in module.function : function.policy]), "Scan")
    error_message = "A role may scan the table."
  }
}

run "lets_only_the_worker_send" {
  assert {
    condition = alltrue([
      for name, function in module.function :
      strcontains(function.policy, "ses:SendEmail") == contains(["delivery", "notices"], name)
    ])
    error_message = "Somebody else than the worker may send."
  }
}

run "lets_only_verify_sign" {
  assert {
    condition = alltrue([
      for name, function in module.function : anytrue([
        for statement in jsondecode(function.policy).Statement :
        contains(flatten([statement.Action]), "kms:Decrypt") && strcontains(jsonencode(statement), "\"SIGN\"")
      ]) == (name == "verify")
    ])
    error_message = "Somebody else than verify may use the signing key."
  }
  assert {
    condition = alltrue([
      for name, function in module.function :
      strcontains(function.policy, "\"SIGN\"") == contains(["verify", "rotation"], name)
    ])
    error_message = "Somebody else than verify and rotation may make signing keys."
  }
}

run "puts_the_policy_where_the_functions_read_it" {
  assert {
    condition = jsondecode(aws_dynamodb_table_item.policy.item) == {
      pk       = { S = "P#default" }
      sk       = { S = "POLICY" }
      document = { S = file("examples/minimal/policy.json") }
    }
    error_message = "The policy is not the table's item of its tenant."
  }
  assert {
    condition = alltrue([
      for function in module.function : [
        for statement in jsondecode(function.policy).Statement : statement.Action
        if statement.Sid == "Policy"
      ] == [["dynamodb:GetItem"]]
    ])
    error_message = "A function may do something else with the policy than read it."
  }
}

run "keeps_the_table" {
  assert {
    condition     = module.table.deletion_protection && module.table.recovers
    error_message = "The table can be lost."
  }
}

run "refuses_replicas_that_nobody_asked_for" {
  command = plan
  variables {
    replicas = [{ region = "eu-west-1", kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/0" }]
  }
  expect_failures = [var.replicas]
}

run "starts_from_snapshots" {
  assert {
    condition     = alltrue([for function in module.function : function.snapshots == "PublishedVersions"])
    error_message = "A function starts cold."
  }
}

run "hides_messages_six_times_as_long_as_a_function_may_take" {
  assert {
    condition     = alltrue([for queue in module.queue : queue.visibility_timeout_seconds >= 6 * 15])
    error_message = "A message comes again while it is worked on."
  }
}

run "calls_the_relay_for_facts_only" {
  assert {
    condition     = [for pattern in module.function["relay"].stream_filters : jsondecode(pattern).dynamodb.Keys.sk.S] == [[{ prefix = "F#" }]]
    error_message = "The relay is called for every change of the table, its own included, or for none."
  }
}

run "keeps_each_role_to_its_tenant" {
  assert {
    condition = alltrue(flatten([
      for function in module.function : [
        for statement in jsondecode(function.policy).Statement : [
          for key in flatten([for operator in try(values(statement.Condition), []) : try(operator["dynamodb:LeadingKeys"], [])]) :
          # Grants used up and owners of credentials are no tenant's.
          contains(["false", "S#*", "CRED#*"], key) || length(regexall("#default(#|$)", key)) == 1
        ]
      ]
    ]))
    error_message = "A role reaches items of other tenants."
  }
}

run "gives_keys_to_those_who_use_them" {
  assert {
    condition = alltrue([
      for name, function in module.function : join(" ", flatten([
        for statement in jsondecode(function.policy).Statement :
        statement.Condition.StringEquals["kms:EncryptionContext:purpose"] if statement.Sid == "Unwrap"
      ])) == join(" ", jsondecode(file("functions.json"))[name].keys)
    ])
    error_message = "A role has keys that its function does not use, or lacks them."
  }
}
