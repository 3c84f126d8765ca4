# The plan of everything, without an account: what is made, and what the roles may do.
mock_provider "aws" {
  mock_resource "aws_dynamodb_table" {
    defaults = {
      arn        = "arn:aws:dynamodb:eu-central-1:123456789012:table/stile"
      stream_arn = "arn:aws:dynamodb:eu-central-1:123456789012:table/stile/stream/2026-01-01T00:00:00.000"
    }
  }
  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:eu-central-1:123456789012:key/00000000-0000-0000-0000-000000000000" }
  }
  mock_resource "aws_sqs_queue" {
    defaults = {
      arn = "arn:aws:sqs:eu-central-1:123456789012:stile-queue"
      id  = "https://sqs.eu-central-1.amazonaws.com/123456789012/stile-queue"
    }
  }
  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:eu-central-1:123456789012:stile-events" }
  }
  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/stile" }
  }
  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:eu-central-1:123456789012:log-group:stile" }
  }
  mock_resource "aws_lambda_function" {
    defaults = { arn = "arn:aws:lambda:eu-central-1:123456789012:function:stile" }
  }
  mock_resource "aws_lambda_alias" {
    defaults = {
      arn        = "arn:aws:lambda:eu-central-1:123456789012:function:stile:live"
      invoke_arn = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:stile:live/invocations"
    }
  }
  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:eu-central-1:123456789012:rule/stile-rotation" }
  }
  mock_resource "aws_apigatewayv2_api" {
    defaults = {
      api_endpoint  = "https://abc.execute-api.eu-central-1.amazonaws.com"
      execution_arn = "arn:aws:execute-api:eu-central-1:123456789012:abc"
    }
  }
  mock_resource "aws_sesv2_email_identity" {
    defaults = { arn = "arn:aws:ses:eu-central-1:123456789012:identity/example.com" }
  }
  mock_resource "aws_sesv2_configuration_set" {
    defaults = { arn = "arn:aws:ses:eu-central-1:123456789012:configuration-set/stile" }
  }
  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }
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
