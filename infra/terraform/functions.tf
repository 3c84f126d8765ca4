# What each function is, and all that its role may do (docs/adr/0006). No function may scan.
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

  environment = {
    STILE_ISSUER  = module.api.endpoint
    STILE_TABLE   = module.table.name
    STILE_TENANT  = local.tenant
    STILE_KMS_KEY = module.keys.wrapping_arn
  }

  commands = {
    STILE_CHALLENGE_REQUESTS_URL = module.queue["challenge-requests"].url
    STILE_OTP_DELIVERIES_URL     = module.queue["otp-deliveries"].url
  }

  facts = {
    STILE_FACTOR_EVENTS_URL = module.queue["factor-events"].url
    STILE_NOTIFICATIONS_URL = module.queue["notifications"].url
    STILE_UNREADABLE_URL    = module.queue["unreadable"].url
    STILE_EVENTS_TOPIC      = module.delivery.events_topic_arn
  }

  sender = merge(
    { STILE_MAIL_FROM = var.mail.from },
    var.sms.sender_id == null ? {} : { STILE_SMS_SENDER_ID = var.sms.sender_id },
  )

  # package: the zip. works_on: queues. concurrency: at most so many at a time.
  functions = {
    enroll = {
      package  = "enroll", handler = "enroll.EnrollHandler", environment = local.commands
      works_on = [], works_on_stream = false, concurrency = -1
    }
    challenge = {
      package  = "challenge", handler = "challenge.ChallengeHandler", environment = local.commands
      works_on = [], works_on_stream = false, concurrency = -1
    }
    challenge-requests = {
      package  = "challenge", handler = "challenge.ChallengeRequestsHandler", environment = local.commands
      works_on = ["challenge-requests"], works_on_stream = false, concurrency = -1
    }
    delivery = {
      package  = "challenge", handler = "challenge.DeliveryHandler", environment = local.sender
      works_on = ["otp-deliveries"], works_on_stream = false, concurrency = var.delivery_concurrency
    }
    verify = {
      package  = "verify", handler = "verify.VerifyHandler", environment = {}
      works_on = [], works_on_stream = false, concurrency = -1
    }
    rotation = {
      package  = "verify", handler = "verify.RotationHandler", environment = {}
      works_on = [], works_on_stream = false, concurrency = 1
    }
    relay = {
      package  = "relay", handler = "relay.RelayHandler", environment = local.facts
      works_on = [], works_on_stream = true, concurrency = -1
    }
    factor-events = {
      package  = "enroll", handler = "enroll.FactorEventsHandler", environment = {}
      works_on = ["factor-events"], works_on_stream = false, concurrency = -1
    }
    notices = {
      package  = "challenge", handler = "challenge.NoticeHandler", environment = local.sender
      works_on = ["notifications"], works_on_stream = false, concurrency = var.delivery_concurrency
    }
  }

  # Keys by the purpose in their encryption context. Whoever comes first makes a key, so whoever uses
  # one may make it.
  purposes = {
    enroll             = ["SEED", "DESTINATION", "INDEX"]
    challenge          = ["CODE", "ANSWER", "INDEX"]
    challenge-requests = ["CODE", "ANSWER", "INDEX"]
    delivery           = ["CODE", "DESTINATION"]
    verify             = ["SEED", "ANSWER", "SIGN"]
    rotation           = []
    relay              = []
    factor-events      = []
    notices            = ["DESTINATION"]
  }

  # Items by the beginning of their partition: users, rates, grants used up, audit records, notices,
  # owners of credentials.
  partitions = {
    enroll             = ["T#*", "R#*", "S#*", "A#*", "CRED#*"]
    challenge          = ["T#*", "R#*", "S#*"]
    challenge-requests = ["T#*", "R#*"]
    delivery           = ["T#*"]
    verify             = ["T#*", "R#*", "S#*", "CRED#*"]
    rotation           = ["K#${local.tenant}"]
    relay              = ["T#*", "A#*", "N#*"]
    factor-events      = ["T#*"]
    notices            = ["T#*", "N#*"]
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
      Sid      = "KeyItems"
      Effect   = "Allow"
      Action   = ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem"]
      Resource = [module.table.arn]
      Condition = {
        "ForAllValues:StringEquals" = { "dynamodb:LeadingKeys" = ["K#${local.tenant}"] }
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
    [for purposes in [local.purposes[name]] : {
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
