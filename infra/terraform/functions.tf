# What surrounds each function, and all that its role may do (docs/adr/0006). None may scan.
locals {
  tenant          = jsondecode(file(var.policy_file)).tenant
  timeout_seconds = 15

  # Codes are worth nothing after 15 minutes; facts are kept until somebody has seen to them.
  queues = {
    challenge-requests = { retention_seconds = 900, max_age_seconds = 60 }
    otp-deliveries     = { retention_seconds = 900, max_age_seconds = 30 }
    factor-events      = { retention_seconds = 4 * 24 * 3600, max_age_seconds = 600 }
    notifications      = { retention_seconds = 4 * 24 * 3600, max_age_seconds = 600 }
    unreadable         = { retention_seconds = 14 * 24 * 3600, max_age_seconds = 600 }
  }

  # What each function is: its zip, its class, the variables it reads, its keys by the purpose in their
  # encryption context (whoever comes first makes a key, so whoever uses one may make it), the queues
  # it works on. Tests start the zips by the same file.
  functions = jsondecode(file("${path.module}/functions.json"))

  # Every variable, for the functions that read it.
  environment = {
    STILE_ISSUER                 = module.api.endpoint
    STILE_TABLE                  = module.table.name
    STILE_TENANT                 = local.tenant
    STILE_KMS_KEY                = module.keys.wrapping_arn
    STILE_CHALLENGE_REQUESTS_URL = module.queue["challenge-requests"].url
    STILE_OTP_DELIVERIES_URL     = module.queue["otp-deliveries"].url
    STILE_FACTOR_EVENTS_URL      = module.queue["factor-events"].url
    STILE_NOTIFICATIONS_URL      = module.queue["notifications"].url
    STILE_UNREADABLE_URL         = module.queue["unreadable"].url
    STILE_EVENTS_TOPIC           = module.delivery.events_topic_arn
    STILE_MAIL_FROM              = var.mail.from
    STILE_SMS_SENDER_ID          = var.sms.sender_id
  }

  # At most so many at a time; no reservation at all with -1.
  concurrency = {
    delivery = var.delivery_concurrency
    notices  = var.delivery_concurrency
    rotation = min(var.delivery_concurrency, 1)
  }

  # The relay tells of factors, challenges and recovery codes, which are all below F#: it is not called,
  # and nothing is paid, for profiles, rates, grants, and what it writes itself.
  facts = jsonencode({ dynamodb = { Keys = { sk = { S = [{ prefix = "F#" }] } } } })

  # Items by the beginning of their partition: users, rates, audit records and notices of the tenant,
  # grants used up, owners of credentials.
  users       = "T#${local.tenant}#*"
  rates       = "R#*#${local.tenant}#*"
  accounts    = "A#${local.users}"
  notes       = "N#${local.users}"
  grants      = "S#*"
  credentials = "CRED#*"

  partitions = {
    enroll             = [local.users, local.rates, local.grants, local.accounts, local.credentials]
    challenge          = [local.users, local.rates, local.grants]
    challenge-requests = [local.users, local.rates]
    delivery           = [local.users]
    verify             = [local.users, local.rates, local.grants, local.credentials]
    rotation           = ["K#${local.tenant}"]
    relay              = [local.users, local.accounts, local.notes]
    factor-events      = [local.users]
    notices            = [local.users, local.notes]
  }

  sends_to = {
    enroll             = ["challenge-requests"]
    challenge          = ["otp-deliveries"]
    challenge-requests = ["otp-deliveries"]
    relay              = ["factor-events", "notifications", "unreadable"]
  }

  sending = [{
    # A telephone number has no ARN: everything but topics is a number.
    Sid         = "SendTexts"
    Effect      = "Allow"
    Action      = ["sns:Publish"]
    NotResource = ["arn:${data.aws_partition.current.partition}:sns:*:*:*"]
    }, {
    Sid      = "SendMails"
    Effect   = "Allow"
    Action   = ["ses:SendEmail"]
    Resource = compact([module.delivery.mail_identity_arn, module.delivery.configuration_set_arn])
  }]

  # Without their private half, which only verify may unwrap.
  making_signing_keys = [{
    Sid      = "MakeSigningKeys"
    Effect   = "Allow"
    Action   = ["kms:GenerateDataKeyPairWithoutPlaintext"]
    Resource = [module.keys.wrapping_arn]
    Condition = {
      StringEquals = {
        "kms:EncryptionContext:tenant"  = local.tenant
        "kms:EncryptionContext:purpose" = ["SIGN"]
      }
    }
  }]

  # What only one of them may.
  own_statements = {
    verify   = local.making_signing_keys
    rotation = local.making_signing_keys
    delivery = local.sending
    notices  = local.sending
    relay = [{
      Sid      = "ReadStream"
      Effect   = "Allow"
      Action   = ["dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:DescribeStream"]
      Resource = [module.table.stream_arn]
      }, {
      Sid      = "TellEvents"
      Effect   = "Allow"
      Action   = ["sns:Publish"]
      Resource = [module.delivery.events_topic_arn]
    }]
  }

  statements = { for name, function in local.functions : name => concat(
    [{
      Sid      = "Items"
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:ConditionCheckItem"]
      Resource = [module.table.arn]
      Condition = {
        "ForAllValues:StringLike" = { "dynamodb:LeadingKeys" = local.partitions[name] }
        Null                      = { "dynamodb:LeadingKeys" = "false" }
      }
      }, {
      Sid      = "Policy"
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem"]
      Resource = [module.table.arn]
      Condition = {
        "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["P#${local.tenant}"] }
        Null                        = { "dynamodb:LeadingKeys" = "false" }
      }
      }, {
      Sid      = "Storage"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = [module.keys.storage_arn]
      Condition = {
        StringLike = { "kms:ViaService" = ["dynamodb.*.amazonaws.com", "sqs.*.amazonaws.com", "sns.*.amazonaws.com"] }
      }
    }],
    length(function.keys) == 0 ? [] : [{
      Sid      = "KeyItems"
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"]
      Resource = [module.table.arn]
      Condition = {
        "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["K#${local.tenant}"] }
        Null                        = { "dynamodb:LeadingKeys" = "false" }
      }
    }],
    [for purposes in [function.keys] : {
      Sid      = "Unwrap"
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKeyWithoutPlaintext"]
      Resource = [module.keys.wrapping_arn]
      Condition = {
        StringEquals = {
          "kms:EncryptionContext:tenant"  = local.tenant
          "kms:EncryptionContext:purpose" = purposes
        }
      }
    } if length(purposes) > 0],
    [for queues in [try(local.sends_to[name], [])] : {
      Sid      = "Send"
      Effect   = "Allow"
      Action   = ["sqs:SendMessage"]
      Resource = [for queue in queues : module.queue[queue].arn]
    } if length(queues) > 0],
    [for queues in [function.works_on] : {
      Sid      = "WorkOn"
      Effect   = "Allow"
      Action   = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"]
      Resource = [for queue in queues : module.queue[queue].arn]
    } if length(queues) > 0],
    try(local.own_statements[name], []),
  ) }
}

data "aws_partition" "current" {}
