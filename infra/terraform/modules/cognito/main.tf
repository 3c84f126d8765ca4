# The triggers that ask for a factor in the sign-in of a Cognito user pool (docs/adr/0031): a client of
# Stile by the door of back ends, and what was proven in the table until the tokens tell it. Name the
# roles of create and verify among the roles of a client in the policy.
locals {
  # Tests start the zip by the same file.
  functions = jsondecode(file("${path.module}/functions.json"))

  environment = {
    STILE_ISSUER = var.issuer
    STILE_TABLE  = var.table.name
    STILE_ACTION = var.action
  }

  calls = [{
    Sid      = "CallStile"
    Effect   = "Allow"
    Action   = ["execute-api:Invoke"]
    Resource = ["${var.execution_arn}/*/POST/v1/users/*"]
  }]

  keeps = [{
    Sid      = "SignIns"
    Effect   = "Allow"
    Action   = ["dynamodb:UpdateItem"]
    Resource = [var.table.arn]
    Condition = {
      "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = ["L#*"] }
      Null                      = { "dynamodb:LeadingKeys" = "false" }
    }
    }, {
    Sid       = "Storage"
    Effect    = "Allow"
    Action    = ["kms:Decrypt"]
    Resource  = [var.table.kms_key_arn]
    Condition = { StringLike = { "kms:ViaService" = ["dynamodb.*.amazonaws.com"] } }
  }]

  statements = {
    define    = []
    create    = local.calls
    verify    = concat(local.calls, local.keeps)
    pre-token = local.keeps
  }
}

module "function" {
  source               = "../function"
  for_each             = local.functions
  name                 = "${var.name}-${each.key}"
  handler              = each.value.handler
  package              = "${var.packages}/${each.value.package}-${var.architecture}.zip"
  runtime              = var.runtime
  architecture         = var.architecture
  memory_mb            = var.memory_mb
  timeout_seconds      = 5
  reserved_concurrency = -1
  environment          = { for name in each.value.environment : name => local.environment[name] }
  statements           = local.statements[each.key]
  log_retention_days   = var.log_retention_days
}

resource "aws_lambda_permission" "pool" {
  for_each      = module.function
  statement_id  = "Cognito"
  action        = "lambda:InvokeFunction"
  function_name = each.value.name
  qualifier     = "live"
  principal     = "cognito-idp.amazonaws.com"
  source_arn    = var.user_pool_arn
}
